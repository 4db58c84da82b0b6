package dev.ktrdr.quality;

import dev.ktrdr.calendar.Closure;
import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.calendar.TradingDay;
import dev.ktrdr.market.BarGrid;
import dev.ktrdr.market.ExpectedBars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.QualityReport.ClosedDay;
import dev.ktrdr.quality.QualityReport.Gap;
import dev.ktrdr.quality.QualityReport.Gaps;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the bars of a series, one after the other, with those that the calendar expects.
final class GapScan {

    private static final int GAPS_MAX = 100;
    private static final int CLOSED_DAYS_MAX = 2000;
    private static final int OUT_OF_SESSION_MAX = 20;

    private final BarGrid grid;
    private final Timeframe timeframe;
    private final TradingCalendar calendar;
    private final ExpectedBars walk;

    private final Top<Gap> unexpected = new Top<>(GAPS_MAX);
    private final List<ClosedDay> closedDays = new ArrayList<>();
    private final List<Long> outOfSession = new ArrayList<>();
    private long before = Long.MIN_VALUE;
    private long present;
    private long missing;
    private long weekends;
    private long holidays;
    private long pauses;
    private long closedDayTotal;
    private long outOfSessionTotal;
    private long overlaps;

    /// @param first open of the first bar, which is then also to be added
    GapScan(BarGrid grid, long first) {
        this.grid = grid;
        timeframe = grid.timeframe();
        calendar = grid.calendar();
        walk = grid.expected(first);
    }

    /// Takes the next bar.
    ///
    /// @param time its open, after that of the bar before
    void add(long time) {
        long from = walk.time();
        long passed = walk.skipTo(time);
        if (walk.time() == time) {
            present++;
            walk.next();
        } else {
            outOfSessionTotal++;
            if (outOfSession.size() < OUT_OF_SESSION_MAX) {
                outOfSession.add(time);
            }
        }
        if (passed > 0) {
            missing += passed;
            unexpected.add((double) passed, new Gap(from, time, passed));
        }
        if (before != Long.MIN_VALUE && time - before != timeframe.micros()) {
            uneven(time, passed);
        }
        before = time;
    }

    /// The rare case: the bar does not follow its predecessor at once.
    private void uneven(long time, long passed) {
        long close = timeframe.close(before);
        if (time < close && !isCut(time)) {
            overlaps++;
        }
        if (time <= close) {
            return;
        }
        Optional<Closure.Kind> closed = closedBetween(date(before), date(time));
        if (passed > 0) {
            return; // already told as a gap
        }
        if (closed.isEmpty()) {
            pauses++;
        } else if (closed.get() == Closure.Kind.HOLIDAY) {
            holidays++;
        } else {
            weekends++;
        }
    }

    private LocalDate date(long time) {
        return timeframe.isIntraday() ? calendar.dayAt(time).date() : Timeframe.utcDate(time);
    }

    /// Opens, closes and midnights end a bar before its time where a market has local hours.
    private boolean isCut(long time) {
        TradingDay day = calendar.dayAt(time);
        return grid.anchored()
                && (time == day.from()
                        || time == day.hours().open()
                        || time == day.hours().close());
    }

    /// Notes the closed days between two dates.
    ///
    /// @return the weightiest closure among them, empty if the market traded on all, or there are
    ///     none
    private Optional<Closure.Kind> closedBetween(LocalDate from, LocalDate to) {
        Optional<Closure.Kind> weightiest = Optional.empty();
        for (LocalDate date = from.plusDays(1); date.isBefore(to); date = date.plusDays(1)) {
            Optional<Closure> closure = calendar.closure(date);
            if (closure.isEmpty()) {
                continue;
            }
            if (closure.get().kind() == Closure.Kind.HOLIDAY) {
                note(date, closure.get().name());
            }
            if (weightiest.isEmpty() || closure.get().kind() == Closure.Kind.HOLIDAY) {
                weightiest = closure.map(Closure::kind);
            }
        }
        return weightiest;
    }

    private void note(LocalDate date, String name) {
        // A week or a month begins before the holidays inside it, and is there all the same.
        if (timeframe.micros() > Timeframe.D1.micros()) {
            return;
        }
        closedDayTotal++;
        if (closedDays.size() < CLOSED_DAYS_MAX) {
            closedDays.add(new ClosedDay(date, name));
        }
    }

    long expected() {
        return present + missing;
    }

    long present() {
        return present;
    }

    long overlaps() {
        return overlaps;
    }

    Gaps gaps() {
        return new Gaps(weekends, holidays, pauses, unexpected.listed());
    }

    Listed<ClosedDay> closedDays() {
        return new Listed<>(closedDayTotal, closedDays);
    }

    Listed<Long> outOfSession() {
        return new Listed<>(outOfSessionTotal, outOfSession);
    }
}
