package dev.ktrdr.quality;

import java.time.LocalDate;

/// What there is to say about one series of bars.
///
/// Times are microseconds since the epoch, UTC. What counts bars counts those that were given, and
/// leaves out synthetic ones, if nothing else is said. Lists are limited, their totals are not.
///
/// @param calendar identifier of the calendar that the series was measured against
/// @param calendarKnown whether somebody described the instrument; else its calendar is a guess
/// @param first open of the first bar
/// @param last open of the last bar
/// @param bars how many there are, synthetic ones included
/// @param synthetic how many were filled in on purpose
/// @param expected bars that the calendar expects from the first to the last
/// @param present how many of the expected ones are there
/// @param gaps the stretches without bars, by their reason
/// @param closedDays dates without bars on which the market would trade if it had not been closed,
///     with the reason, oldest first; only for bars of a day and shorter
/// @param outOfSession opens of bars where the calendar expects none, oldest first
/// @param overlaps bars that open before the one before them has ended
/// @param zeroVolume bars with a volume of 0
/// @param missingVolume bars without any volume
/// @param suspiciousReturns changes of price far beyond the others, the worst first
/// @param staleRuns stretches of bars that repeat each other, the longest first
public record QualityReport(
        String calendar,
        boolean calendarKnown,
        long first,
        long last,
        long bars,
        long synthetic,
        long expected,
        long present,
        Gaps gaps,
        Listed<ClosedDay> closedDays,
        Listed<Long> outOfSession,
        long overlaps,
        long zeroVolume,
        long missingVolume,
        Listed<SuspiciousReturn> suspiciousReturns,
        Listed<StaleRun> staleRuns) {

    /// The stretches without bars, by their reason. A stretch has one reason only: something
    /// missing comes before a holiday, and that before a weekend.
    ///
    /// @param weekend over days of the week on which the market never trades
    /// @param holiday over days on which it was closed
    /// @param session between two sessions of successive days, or over lunch
    /// @param unexpected while the market traded, those with most missing bars first
    public record Gaps(long weekend, long holiday, long session, Listed<Gap> unexpected) {}

    /// Bars that are missing though the market traded.
    ///
    /// @param from open of the first that is missing
    /// @param to open of the next bar that is there
    /// @param missing how many bars the calendar expects in between
    public record Gap(long from, long to, long missing) {}

    /// A date on which the market was closed.
    ///
    /// @param date the trading date
    /// @param name why, such as `Thanksgiving`
    public record ClosedDay(LocalDate date, String name) {}

    /// A close far away from the one before.
    ///
    /// @param time open of the bar
    /// @param before close of the bar before
    /// @param close close of the bar
    /// @param z distance of the change from the median of all, in robust standard deviations
    public record SuspiciousReturn(long time, double before, double close, double z) {}

    /// Bars that all have the same four prices.
    ///
    /// @param from open of the first
    /// @param bars how many in a row
    public record StaleRun(long from, long bars) {}

    /// {@return the share of the expected bars that are there, 0 to 1; 1 if none is expected}
    public double coverage() {
        return expected == 0 ? 1 : (double) present / expected;
    }

    /// {@return the share of bars with a volume of 0, 0 to 1}
    public double zeroVolumeShare() {
        return share(zeroVolume);
    }

    /// {@return the share of bars without volume, 0 to 1}
    public double missingVolumeShare() {
        return share(missingVolume);
    }

    private double share(long part) {
        return bars == synthetic ? 0 : (double) part / (bars - synthetic);
    }
}
