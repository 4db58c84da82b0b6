package dev.ktrdr.market;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.calendar.TradingDay;
import java.time.ZoneOffset;

/// Where the bars of one timeframe lie in a calendar.
///
/// Bars shorter than a day count either from midnight UTC, or from the open of the session. In the
/// second case open and close also cut them, so that the last bar of a session may be shorter, and
/// nothing of a session mixes with what lies outside. Bars of a day and longer stand at midnight
/// UTC of their trading date, its Monday, or the first of its month.
///
/// @param timeframe length of the bars
/// @param calendar when the market trades
/// @param anchored whether bars shorter than a day count from the open of the session
public record BarGrid(Timeframe timeframe, TradingCalendar calendar, boolean anchored) {

    private static final long DAY = Timeframe.D1.micros();

    /// {@return the usual grid: from the open of the session where the market has local hours}
    public static BarGrid of(Timeframe timeframe, TradingCalendar calendar) {
        boolean local = !calendar.zone().normalized().equals(ZoneOffset.UTC);
        return new BarGrid(timeframe, calendar, local);
    }

    /// {@return the grid that these bars lie on, or most of them: the usual one, or the one from
    /// midnight UTC}
    public static BarGrid under(Bars bars, TradingCalendar calendar) {
        BarGrid usual = of(bars.timeframe(), calendar);
        BarGrid plain = new BarGrid(bars.timeframe(), calendar, false);
        return usual.fitting(bars) >= plain.fitting(bars) ? usual : plain;
    }

    /// {@return whether each of these bars opens where this grid has a bar}
    public boolean fits(Bars bars) {
        return fitting(bars) == bars.count();
    }

    /// {@return how many of these bars open where this grid has a bar}
    private int fitting(Bars bars) {
        if (bars.count() == 0 || !timeframe.isIntraday() || everySessionFits()) {
            return bars.count();
        }
        int fitting = 0;
        TradingDay day = calendar.dayAt(bars.time(0));
        for (int i = 0; i < bars.count(); i++) {
            long time = bars.time(i);
            if (!day.contains(time)) {
                day = calendar.dayAt(time);
            }
            if (start(day, time) == time) {
                fitting++;
            }
        }
        return fitting;
    }

    /// Sessions begin and end on a quarter of an hour.
    private boolean everySessionFits() {
        return Timeframe.M15.micros() % timeframe.micros() == 0;
    }

    /// {@return the open of the bar that an instant belongs to}
    ///
    /// @param day the trading day of the instant
    /// @param time microseconds since the epoch, UTC
    public long start(TradingDay day, long time) {
        if (!timeframe.isIntraday()) {
            return timeframe.floor(day.date().toEpochDay() * DAY);
        }
        if (!anchored) {
            return timeframe.floor(time);
        }
        long open = day.hours().open();
        long close = day.hours().close();
        long part = time < open ? day.from() : time < close ? open : close;
        return Math.max(part, time - Math.floorMod(time - open, timeframe.micros()));
    }

    /// {@return the first instant that does not belong to the bar any more}
    ///
    /// @param day the trading day in which the bar opens
    /// @param start open of the bar, microseconds since the epoch, UTC
    public long end(TradingDay day, long start) {
        if (!timeframe.isIntraday()) {
            return calendar.day(Timeframe.utcDate(timeframe.close(start))).from();
        }
        if (!anchored) {
            return start + timeframe.micros();
        }
        long open = day.hours().open();
        long close = day.hours().close();
        long part = start < open ? open : start < close ? close : day.to();
        long length = timeframe.micros() - Math.floorMod(start - open, timeframe.micros());
        return Math.min(part, start + length);
    }

    /// {@return the bars that the calendar expects, from the first that opens at or after `from`}
    ///
    /// @param from microseconds since the epoch, UTC
    public ExpectedBars expected(long from) {
        return new ExpectedBars(this, from);
    }
}
