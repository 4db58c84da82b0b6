package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives each row its instant in UTC and lets through what keeps the rules. For one thread.
///
/// A bar of a day or longer belongs to a date: midnight on the wall, whose ever it is, stands for
/// that date and becomes midnight UTC of it. All else is an instant: what the stamp says itself, or
/// what the wall clock of the given zone showed.
final class Intake {

    private static final String NO_DATE =
            "a bar of a day or longer is stamped with its date, or with midnight in its zone";

    private final BarRules rules;
    private final boolean ticks;
    private final boolean dates;
    private final @Nullable LocalClock clock;
    private final Overlap overlap;
    private final RowSink sink;

    private long time;
    private long later;
    private boolean ambiguous;
    private long before = Overlap.NONE;
    private long rowCount;

    /// Lets rows through to `sink`.
    ///
    /// @param rules of the bars
    /// @param ticks whether the rows are trades, which lie anywhere between two points of the grid
    /// @param zone of stamps that carry none
    Intake(BarRules rules, boolean ticks, Optional<ZoneId> zone, RowSink sink) {
        this.rules = rules;
        this.ticks = ticks;
        this.dates = !ticks && !rules.timeframe().isIntraday();
        this.clock = zone.map(LocalClock::new).orElse(null);
        this.overlap = new Overlap(ticks ? 0 : rules.timeframe().micros());
        this.sink = sink;
    }

    /// {@return how many rows came in, taken or refused}
    long rowCount() {
        return rowCount;
    }

    /// Refuses a row.
    void refuse(Cells cells, String reason) {
        rowCount++;
        sink.refused(cells.line(), cells.text(), reason);
    }

    /// Takes a row whose stamp and numbers could be read.
    void take(
            Cells cells,
            Stamp stamp,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        String flaw = place(stamp);
        if (flaw.isEmpty()) {
            flaw = flaw(time, open, high, low, close, volume);
        }
        if (!flaw.isEmpty()) {
            refuse(cells, flaw);
            return;
        }
        rowCount++;
        if (ambiguous) {
            if (overlap.isFull(time)) {
                settle(Overlap.NONE);
            }
            overlap.add(cells, time, later, open, high, low, close, volume);
            return;
        }
        if (!overlap.isEmpty()) {
            settle(time);
        }
        before = time;
        sink.row(cells.line(), time, open, high, low, close, volume);
    }

    /// Sets [#time] to the instant of a stamp.
    ///
    /// @return why that cannot be done, empty if it can
    private String place(Stamp stamp) {
        ambiguous = false;
        if (dates && stamp.midnight()) {
            time = stamp.local();
        } else if (stamp.zoned()) {
            time = dated(stamp.instant());
        } else if (clock == null) {
            return dates ? NO_DATE : "the stamp carries no zone";
        } else {
            LocalClock.Shown shown = clock.find(stamp.local());
            if (shown == LocalClock.Shown.NEVER) {
                return "the clock was put forward over this time, it was never shown";
            }
            ambiguous = shown == LocalClock.Shown.TWICE;
            time = clock.earlier();
            later = clock.later();
        }
        return dates && !Timeframe.D1.isOnGrid(time) ? NO_DATE : "";
    }

    private String flaw(
            long time, double open, double high, double low, double close, double volume) {
        long onGrid = ticks ? rules.timeframe().floor(time) : time;
        return rules.flaw(onGrid, open, high, low, close, volume).orElse("");
    }

    /// {@return midnight UTC of the date, where `instant` is midnight in the given zone}
    private long dated(long instant) {
        if (!dates || clock == null || rules.timeframe().isOnGrid(instant)) {
            return instant;
        }
        long local = clock.local(instant);
        return Timeframe.D1.isOnGrid(local) ? local : instant;
    }

    private void settle(long after) {
        overlap.settle(before, after, sink);
    }

    /// Ends the file: hands over what was held back.
    void end() {
        settle(Overlap.NONE);
    }
}
