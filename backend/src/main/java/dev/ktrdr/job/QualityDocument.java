package dev.ktrdr.job;

import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.Listed;
import dev.ktrdr.quality.QualityReport;
import dev.ktrdr.quality.QualityReport.ClosedDay;
import dev.ktrdr.store.SeriesName;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// A quality report as it is kept and sent: with instants, shares and the name of its series.
record QualityDocument(
        String symbol,
        String timeframe,
        String calendar,
        boolean calendarKnown,
        Instant first,
        Instant last,
        long bars,
        long synthetic,
        long expected,
        long present,
        double coverage,
        Gaps gaps,
        Found<ClosedDay> closedDays,
        Found<Instant> outOfSession,
        long overlaps,
        long zeroVolume,
        double zeroVolumeShare,
        long missingVolume,
        double missingVolumeShare,
        Found<Suspicious> suspiciousReturns,
        Found<Stale> staleRuns) {

    record Found<T>(long total, List<T> items) {

        static <S, T> Found<T> of(Listed<S> listed, Function<S, T> form) {
            return new Found<>(listed.total(), listed.items().stream().map(form).toList());
        }
    }

    record Gaps(long weekend, long holiday, long session, Found<Gap> unexpected) {}

    record Gap(Instant from, Instant to, long missing) {}

    record Suspicious(Instant time, double before, double close, double z) {}

    record Stale(Instant from, long bars) {}

    static QualityDocument of(SeriesName name, QualityReport report) {
        QualityReport.Gaps gaps = report.gaps();
        return new QualityDocument(
                name.symbol(),
                name.timeframe().id(),
                report.calendar(),
                report.calendarKnown(),
                at(report.first()),
                at(report.last()),
                report.bars(),
                report.synthetic(),
                report.expected(),
                report.present(),
                report.coverage(),
                new Gaps(
                        gaps.weekend(),
                        gaps.holiday(),
                        gaps.session(),
                        Found.of(
                                gaps.unexpected(),
                                gap -> new Gap(at(gap.from()), at(gap.to()), gap.missing()))),
                Found.of(report.closedDays(), Function.identity()),
                Found.of(report.outOfSession(), QualityDocument::at),
                report.overlaps(),
                report.zeroVolume(),
                report.zeroVolumeShare(),
                report.missingVolume(),
                report.missingVolumeShare(),
                Found.of(
                        report.suspiciousReturns(),
                        one -> new Suspicious(at(one.time()), one.before(), one.close(), one.z())),
                Found.of(report.staleRuns(), run -> new Stale(at(run.from()), run.bars())));
    }

    private static Instant at(long micros) {
        return Timeframe.instant(micros);
    }
}
