package dev.ktrdr.job;

import dev.ktrdr.market.BarSource;
import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.source.Download;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.Outcome;
import dev.ktrdr.store.Provenance;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.Staging;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.time.Clock;

/// Downloads what a series lacks at its end from a source, and keeps each page as it comes.
public final class SourceDownload implements Downloader {

    /// What came.
    ///
    /// @param symbol of the series
    /// @param timeframe of the series
    /// @param source where it came from
    /// @param barsReceived bars that the source gave
    /// @param barsAdded bars that the series did not have
    /// @param barsNow bars that it has
    public record Result(
            String symbol,
            String timeframe,
            String source,
            long barsReceived,
            long barsAdded,
            long barsNow) {}

    private final BarLake lake;
    private final BarSource source;
    private final Clock clock;

    /// Downloads from `source` into `lake`.
    public SourceDownload(BarLake lake, BarSource source, Clock clock) {
        this.lake = lake;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Result run(SeriesName name, long from, Progress progress) throws InterruptedException {
        progress.step("asking " + source.name(), 0, 100);
        long end = lake.end(name);
        long start = end == Long.MIN_VALUE ? from : end;
        long[] added = {0};
        long[] received = {0};
        Download download = new Download(source, name, start, Long.MAX_VALUE);
        try {
            download.run(
                    page -> {
                        progress.checkCancelled();
                        added[0] += keep(name, page).added();
                        received[0] += page.count();
                        progress.items(received[0], 0);
                    });
        } catch (BarSourceException e) {
            Kind kind =
                    switch (e.kind()) {
                        case NOT_FOUND -> Kind.NOT_FOUND;
                        case INVALID -> Kind.INVALID;
                        case UNAVAILABLE -> Kind.UNAVAILABLE;
                    };
            String kept = "; %d bars were kept".formatted(added[0]);
            throw new StoreException(kind, e.getMessage() + kept, e);
        }
        return new Result(
                name.symbol(),
                name.timeframe().id(),
                source.name(),
                received[0],
                added[0],
                lake.count(name));
    }

    private Outcome keep(SeriesName name, Bars page) {
        try (Staging staging = lake.stage(name, Staging.Refusals.IGNORED)) {
            staging.add(page);
            long now = Timeframe.micros(clock.instant());
            return staging.commit(Merge.KEEP, new Provenance(source.name(), "", "{}", 0, now));
        }
    }
}
