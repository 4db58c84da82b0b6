package dev.ktrdr.job;

import dev.ktrdr.feed.ReadCount;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Outcome;
import dev.ktrdr.store.Staged;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What has become of a file, row by row and bar by bar.
///
/// @param symbol of the series
/// @param timeframe of the series
/// @param importId under which its refused rows and its origin are kept
/// @param detected how the file was understood
/// @param dryRun whether nothing was stored
/// @param mode `keep` or `overwrite`
/// @param rowsIn rows in the file; for ticks the ticks
/// @param rowsKept bars that came out
/// @param rowsDuplicate rows that repeat another
/// @param rowsRefused rows that are no bar, or differ from an earlier one of their time
/// @param rowsOutOfOrder rows whose time lies before that of the row before
/// @param barsAdded bars that the series did not have
/// @param barsSame bars that it had already
/// @param barsDiffering bars that it had with other values
/// @param barsNow bars that it has
/// @param first open of the first bar that came
/// @param last open of the last bar that came
/// @param sha256 of the file
/// @param refused the first of the refused rows
/// @param rejectsAvailable whether there is a file with all of them
/// @param coverage share of the expected bars that the series has now, 0 to 1
/// @param unexpectedGaps stretches in which bars are missing though the market traded
public record ImportResult(
        String symbol,
        String timeframe,
        String importId,
        Map<String, Object> detected,
        boolean dryRun,
        String mode,
        long rowsIn,
        long rowsKept,
        long rowsDuplicate,
        long rowsRefused,
        long rowsOutOfOrder,
        long barsAdded,
        long barsSame,
        long barsDiffering,
        long barsNow,
        Optional<Instant> first,
        Optional<Instant> last,
        String sha256,
        List<Refused.Row> refused,
        boolean rejectsAvailable,
        double coverage,
        long unexpectedGaps) {

    static ImportResult of(
            ImportRequest request,
            Map<String, Object> detected,
            String sha256,
            ReadCount read,
            Staged staged,
            Outcome outcome,
            Refused refused,
            BarLake lake,
            QualityReports reports) {
        long barsNow = lake.count(request.name());
        double coverage = Double.NaN;
        long gaps = 0;
        if (barsNow > 0) { // not after the dry run of a new series
            QualityReports.Summary quality = reports.summary(request.name());
            coverage = quality.coverage();
            gaps = quality.unexpectedGaps();
        }
        return new ImportResult(
                request.name().symbol(),
                request.name().timeframe().id(),
                request.id(),
                detected,
                request.dryRun(),
                request.mode().name().toLowerCase(Locale.ROOT),
                read.rows(),
                staged.barCount(),
                staged.duplicateCount(),
                refused.count(),
                staged.outOfOrderCount(),
                outcome.added(),
                outcome.same(),
                outcome.differing(),
                barsNow,
                time(staged, staged.first()),
                time(staged, staged.last()),
                sha256,
                refused.shown(),
                refused.count() > 0,
                coverage,
                gaps);
    }

    private static Optional<Instant> time(Staged staged, long micros) {
        return Optional.of(Timeframe.instant(micros)).filter(_ -> staged.barCount() > 0);
    }

    /// {@return why nothing came of the file, empty if something did}
    public Optional<String> nothingKept() {
        if (rowsKept > 0) {
            return Optional.empty();
        }
        String reason =
                refused.isEmpty()
                        ? "it has no rows"
                        : "line %d: %s"
                                .formatted(refused.getFirst().line(), refused.getFirst().reason());
        return Optional.of("no row of the file is a bar: " + reason);
    }
}
