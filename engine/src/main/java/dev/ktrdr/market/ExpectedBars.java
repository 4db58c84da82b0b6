package dev.ktrdr.market;

import dev.ktrdr.calendar.Pause;
import dev.ktrdr.calendar.Session;
import dev.ktrdr.calendar.TradingCalendar;
import java.util.Optional;

/// A walk along the bars that a calendar expects: those in which the market trades at some time.
///
/// It has no end. Whole sessions are stepped over by arithmetic, so that a gap of years costs no
/// more than its days. For one thread.
public final class ExpectedBars {

    private static final long DAY = Timeframe.D1.micros();

    private final BarGrid grid;
    private final TradingCalendar calendar;
    private final boolean intraday;
    private final long step;

    private Session session;
    private Optional<Pause> pause = Optional.empty();

    /// The stretch of evenly spaced bars it is on, from `time` to `last`.
    private long time;

    private long last;

    ExpectedBars(BarGrid grid, long from) {
        this.grid = grid;
        calendar = grid.calendar();
        intraday = grid.timeframe().isIntraday();
        step = grid.timeframe().micros();
        // The bar of a date stands at midnight UTC, which may lie before its session or inside.
        session =
                calendar.sessionFrom(
                        intraday ? from : calendar.day(Timeframe.utcDate(from)).from());
        enter();
        skipTo(from);
    }

    /// {@return the open of the expected bar it stands at, microseconds since the epoch, UTC}
    public long time() {
        return time;
    }

    /// Goes to the next expected bar.
    public void next() {
        skipTo(time + 1);
    }

    /// Goes to the first expected bar that opens at or after `target`, never back.
    ///
    /// @param target microseconds since the epoch, UTC
    /// @return how many expected bars it went past
    public long skipTo(long target) {
        long passed = 0;
        while (last < target) {
            passed += (last - time) / step + 1;
            advance();
        }
        if (time < target) {
            long steps = (target - time + step - 1) / step;
            time += steps * step;
            passed += steps;
        }
        return passed;
    }

    private void advance() {
        long before = last;
        do {
            if (pause.isPresent()) {
                stretch(pause.get().to(), session.close());
                pause = Optional.empty();
            } else {
                session = calendar.sessionFrom(session.close());
                enter();
            }
            if (time == before) { // one bar can have a part of both
                time += step;
            }
        } while (time > last);
    }

    private void enter() {
        pause = intraday ? calendar.pause(session) : Optional.empty();
        stretch(session.open(), pause.map(Pause::from).orElse(session.close()));
    }

    private void stretch(long from, long to) {
        if (intraday) {
            time = start(from);
            last = start(to - 1);
        } else {
            time = grid.timeframe().floor(session.date().toEpochDay() * DAY);
            last = time;
        }
    }

    private long start(long instant) {
        long origin = grid.anchored() ? session.open() : 0;
        return instant - Math.floorMod(instant - origin, step);
    }
}
