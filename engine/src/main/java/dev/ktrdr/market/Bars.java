package dev.ktrdr.market;

import dev.ktrdr.series.Series;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/// The bars of one symbol and timeframe in columns of equal length, oldest first.
///
/// Times are microseconds since 1970-01-01T00:00Z of the OPEN of each bar, on the grid of the
/// timeframe, strictly increasing. Prices keep [BarRules]. Volume is `NaN` where nobody reported
/// one. A bar may be synthetic: filled in on purpose where the market gave none, and never
/// tradable. A row that breaks these rules cannot get in.
///
/// A bar takes 48 bytes. A slice shares the columns of the whole. Immutable.
public final class Bars {

    private final BarRules rules;
    private final long[] times;
    private final int first;
    private final int count;
    private final Series open;
    private final Series high;
    private final Series low;
    private final Series close;
    private final Series volume;
    private final BitSet synthetic;

    private Bars(
            BarRules rules,
            long[] times,
            int first,
            int count,
            Series[] columns,
            BitSet synthetic) {
        this.rules = rules;
        this.times = times;
        this.first = first;
        this.count = count;
        this.open = columns[0];
        this.high = columns[1];
        this.low = columns[2];
        this.close = columns[3];
        this.volume = columns[4];
        this.synthetic = synthetic;
    }

    /// {@return bars made of six columns of equal length, none of them synthetic}
    ///
    /// @param rules what each row has to keep
    /// @param times microseconds since the epoch, UTC, of each bar's open, strictly increasing
    /// @param open first price of each bar
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, 0 or more, `NaN` where unknown
    /// @throws IllegalArgumentException if the lengths differ or a row breaks a rule
    public static Bars of(
            BarRules rules,
            long[] times,
            Series open,
            Series high,
            Series low,
            Series close,
            Series volume) {
        Series[] columns = {open, high, low, close, volume};
        if (open.length() != times.length) {
            throw uneven(open, times);
        }
        return owning(rules, times.clone(), columns, new BitSet());
    }

    /// {@return no bars at all}
    public static Bars none(BarRules rules) {
        Series empty = Series.of();
        return of(rules, new long[0], empty, empty, empty, empty, empty);
    }

    /// {@return bars over arrays that nobody will write to again}
    ///
    /// @param times may be longer than the columns; what stands behind their end does not count
    /// @param columns open, high, low, close, volume
    static Bars owning(BarRules rules, long[] times, Series[] columns, BitSet synthetic) {
        int count = columns[0].length();
        for (Series column : columns) {
            if (column.length() != count || times.length < count) {
                throw uneven(column, times);
            }
        }
        Bars bars = new Bars(rules, times, 0, count, columns, synthetic);
        for (int i = 0; i < count; i++) {
            bars.check(i);
        }
        return bars;
    }

    private static IllegalArgumentException uneven(Series column, long[] times) {
        return new IllegalArgumentException(
                "columns must be of one length, one has %d rows and there are %d times"
                        .formatted(column.length(), times.length));
    }

    private void check(int i) {
        String flaw =
                rules.flaw(times[i], open.at(i), high.at(i), low.at(i), close.at(i), volume.at(i))
                        .orElse("");
        if (flaw.isEmpty() && i > 0 && times[i] <= times[i - 1]) {
            flaw = "time must be after the time of the row before";
        }
        if (!flaw.isEmpty()) {
            throw new IllegalArgumentException("row " + i + ": " + flaw);
        }
    }

    /// {@return the rules that every row keeps}
    public BarRules rules() {
        return rules;
    }

    /// {@return the length of the bars}
    public Timeframe timeframe() {
        return rules.timeframe();
    }

    /// {@return how many bars there are}
    public int count() {
        return count;
    }

    /// {@return microseconds since the epoch, UTC, of the open of the bar at `index`}
    public long time(int index) {
        return times[first + Objects.checkIndex(index, count)];
    }

    /// {@return when the bar at `index` closes by its length, microseconds since the epoch, UTC}
    public long closeTime(int index) {
        return timeframe().close(time(index));
    }

    /// {@return the first price of each bar}
    public Series open() {
        return open;
    }

    /// {@return the highest price of each bar}
    public Series high() {
        return high;
    }

    /// {@return the lowest price of each bar}
    public Series low() {
        return low;
    }

    /// {@return the last price of each bar}
    public Series close() {
        return close;
    }

    /// {@return the traded amount of each bar, `NaN` where unknown}
    public Series volume() {
        return volume;
    }

    /// {@return whether the bar at `index` was filled in on purpose, and so cannot be traded}
    public boolean isSynthetic(int index) {
        return synthetic.get(first + Objects.checkIndex(index, count));
    }

    /// {@return how many bars are synthetic}
    public int syntheticCount() {
        return synthetic.isEmpty() ? 0 : synthetic.get(first, first + count).cardinality();
    }

    /// {@return the position of the first bar that opens at or after `time`, the count if there is
    /// none}
    ///
    /// @param time microseconds since the epoch, UTC
    public int indexFrom(long time) {
        int found = Arrays.binarySearch(times, first, first + count, time);
        return (found < 0 ? -found - 1 : found) - first;
    }

    /// {@return the bars that open at or after `from` and before `to`; nothing is copied}
    public Bars between(long from, long to) {
        int start = indexFrom(from);
        return slice(start, Math.max(start, indexFrom(to)));
    }

    /// {@return the bars from position `from` up to, and not including, `to`; nothing is copied}
    public Bars slice(int from, int to) {
        Series[] columns = {
            open.slice(from, to),
            high.slice(from, to),
            low.slice(from, to),
            close.slice(from, to),
            volume.slice(from, to)
        };
        return new Bars(rules, times, first + from, to - from, columns, synthetic);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bars that
                && rules.equals(that.rules)
                && Arrays.equals(
                        times,
                        first,
                        first + count,
                        that.times,
                        that.first,
                        that.first + that.count)
                && open.equals(that.open)
                && high.equals(that.high)
                && low.equals(that.low)
                && close.equals(that.close)
                && volume.equals(that.volume)
                && synthetic
                        .get(first, first + count)
                        .equals(that.synthetic.get(that.first, that.first + that.count));
    }

    @Override
    public int hashCode() {
        return 31 * count + close.hashCode();
    }

    @Override
    public String toString() {
        return "Bars of %d x %s".formatted(count, timeframe().id());
    }
}
