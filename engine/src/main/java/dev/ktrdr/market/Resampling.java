package dev.ktrdr.market;

import dev.ktrdr.calendar.Session;
import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.calendar.TradingDay;

/// Makes bars of a longer timeframe out of shorter ones.
///
/// The first open, the highest high, the lowest low, the last close and the sum of the volumes;
/// parts without volume do not count, and only if all lack it the sum does. Synthetic parts count
/// only where there is nothing else, and then the result is synthetic. No bar is left out: one
/// outside the sessions counts to the trading day that it lies in.
///
/// Where a market has local hours, bars shorter than a day start with its session, as long as the
/// given bars do so too; else they start at midnight UTC. See [BarGrid].
public final class Resampling {

    private final Bars fine;
    private final Timeframe coarse;
    private final TradingCalendar calendar;
    private final BarGrid grid;
    private final boolean byInstant;
    private final boolean hasSynthetic;

    private Resampling(Bars fine, Timeframe coarse, TradingCalendar calendar) {
        this.fine = fine;
        this.coarse = coarse;
        this.calendar = calendar;
        byInstant = fine.timeframe().isIntraday();
        grid = grid(fine, coarse, calendar);
        hasSynthetic = fine.syntheticCount() > 0;
    }

    /// {@return the bars of `coarse` that `fine` makes}
    ///
    /// The last bar is complete once `fine` reaches its end. The end of its last session is enough
    /// if no bar of `fine` lies outside the sessions, so that none is to be expected there.
    ///
    /// @param fine bars to be put together
    /// @param coarse length of the new bars; for the length of `fine` these are returned
    /// @param calendar when the market trades
    /// @throws IllegalArgumentException if the new bars cannot be put together from whole ones
    public static Resampled of(Bars fine, Timeframe coarse, TradingCalendar calendar) {
        BarRules rules = new BarRules(coarse, fine.rules().signed());
        if (coarse == fine.timeframe() || fine.count() == 0) {
            checkMultiple(fine.timeframe(), coarse);
            return new Resampled(fine.count() == 0 ? Bars.none(rules) : fine, Bars.none(rules));
        }
        checkMultiple(fine.timeframe(), coarse);
        return new Resampling(fine, coarse, calendar).run(rules);
    }

    private static void checkMultiple(Timeframe fine, Timeframe coarse) {
        boolean multiple =
                coarse == Timeframe.MONTH
                        ? fine != Timeframe.W1
                        : coarse.micros() % fine.micros() == 0;
        if (!multiple) {
            throw new IllegalArgumentException(
                    "%s cannot be made of %s: it must be a whole multiple"
                            .formatted(coarse.id(), fine.id()));
        }
    }

    private static BarGrid grid(Bars fine, Timeframe coarse, TradingCalendar calendar) {
        BarGrid under = BarGrid.under(fine, calendar);
        if (coarse.isIntraday() && !under.fits(fine)) {
            throw new IllegalArgumentException(
                    ("bars of %s must start with the sessions of %s or at whole multiples from"
                                    + " midnight UTC to make bars of %s")
                            .formatted(fine.timeframe().id(), calendar.id(), coarse.id()));
        }
        return new BarGrid(coarse, calendar, under.anchored());
    }

    private Resampled run(BarRules rules) {
        BarBuffer out = new BarBuffer(rules);
        int first = 0;
        Span span = span(0);
        while (true) {
            int end = first + 1;
            while (end < fine.count() && fine.time(end) < span.end) {
                end++;
            }
            checkWhole(end - 1, span);
            merge(first, end, span.start, out);
            if (end == fine.count()) {
                break;
            }
            first = end;
            span = span(first);
        }
        Bars bars = out.bars();
        int complete = bars.count() - (isComplete(span) ? 0 : 1);
        return new Resampled(bars.slice(0, complete), bars.slice(complete, bars.count()));
    }

    /// One coarse bar: its stamp, and the instants that count to it.
    private record Span(long start, long from, long end) {}

    private Span span(int index) {
        long time = fine.time(index);
        if (!byInstant) {
            long start = coarse.floor(time);
            return new Span(start, start, coarse.close(start));
        }
        TradingDay day = calendar.dayAt(time);
        long start = grid.start(day, time);
        long from = coarse.isIntraday() ? start : calendar.day(Timeframe.utcDate(start)).from();
        return new Span(start, from, grid.end(day, start));
    }

    /// A bar that reaches over the end of its day into the next session cannot be divided.
    private void checkWhole(int index, Span span) {
        long close = fine.closeTime(index);
        if (byInstant
                && !coarse.isIntraday()
                && !grid.anchored()
                && close > span.end
                && calendar.sessionFrom(span.end).open() < close) {
            throw new IllegalArgumentException(
                    "%s cannot be made of %s in %s: the bar of %s has a part of two sessions"
                            .formatted(
                                    coarse.id(),
                                    fine.timeframe().id(),
                                    calendar.id(),
                                    Timeframe.instant(fine.time(index))));
        }
    }

    private void merge(int from, int to, long start, BarBuffer out) {
        boolean synthetic = hasSynthetic && isSynthetic(from, to);
        double open = Double.NaN;
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double close = Double.NaN;
        double volume = Double.NaN;
        for (int i = from; i < to; i++) {
            if (hasSynthetic && !synthetic && fine.isSynthetic(i)) {
                continue;
            }
            open = Double.isNaN(open) ? fine.open().at(i) : open;
            high = Math.max(high, fine.high().at(i));
            low = Math.min(low, fine.low().at(i));
            close = fine.close().at(i);
            double part = fine.volume().at(i);
            volume = Double.isNaN(volume) ? part : Double.isNaN(part) ? volume : volume + part;
        }
        out.add(start, open, high, low, close, volume);
        if (synthetic) {
            out.markSynthetic();
        }
    }

    private boolean isSynthetic(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!fine.isSynthetic(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isComplete(Span span) {
        long reached = fine.closeTime(fine.count() - 1);
        return reached >= span.end || (reached >= lastClose(span) && isInSessions());
    }

    /// {@return the end of the last session of a coarse bar, its own end if it has none}
    private long lastClose(Span span) {
        return byInstant ? lastSession(span) : lastDate(span);
    }

    private long lastSession(Span span) {
        long close = span.end;
        Session session = calendar.sessionFrom(span.from);
        while (session.open() < span.end) {
            close = Math.min(session.close(), span.end);
            session = calendar.sessionFrom(session.close());
        }
        return close;
    }

    private long lastDate(Span span) {
        long close = span.end;
        ExpectedBars dates = BarGrid.of(Timeframe.D1, calendar).expected(span.start);
        for (; dates.time() < span.end; dates.next()) {
            close = Timeframe.D1.close(dates.time());
        }
        return close;
    }

    /// {@return whether each fine bar has a part of a session}
    private boolean isInSessions() {
        BarGrid own = new BarGrid(fine.timeframe(), calendar, grid.anchored());
        ExpectedBars expected = own.expected(fine.time(0));
        for (int i = 0; i < fine.count(); i++) {
            expected.skipTo(fine.time(i));
            if (expected.time() != fine.time(i)) {
                return false;
            }
        }
        return true;
    }
}
