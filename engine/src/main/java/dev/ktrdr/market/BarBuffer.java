package dev.ktrdr.market;

import dev.ktrdr.series.Series;
import java.util.Arrays;
import java.util.BitSet;

/// Columns that grow row by row and end as [Bars]. For one thread.
public final class BarBuffer {

    private static final int ROWS = 1024;
    private static final int COLUMNS = 5;

    private final BarRules rules;
    private long[] times;
    private double[][] columns;
    private BitSet synthetic = new BitSet();
    private int count;

    /// An empty buffer for bars that keep `rules`.
    public BarBuffer(BarRules rules) {
        this(rules, ROWS);
    }

    /// An empty buffer with room for `rows` bars; it grows when there are more.
    public BarBuffer(BarRules rules, int rows) {
        this.rules = rules;
        times = new long[Math.max(1, rows)];
        columns = new double[COLUMNS][Math.max(1, rows)];
    }

    /// Adds one row. It is checked by [#bars], together with the others.
    ///
    /// @param time open of the bar, microseconds since the epoch, UTC
    /// @param open first price
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, `NaN` where unknown
    public void add(long time, double open, double high, double low, double close, double volume) {
        if (count == times.length) {
            grow();
        }
        times[count] = time;
        columns[0][count] = open;
        columns[1][count] = high;
        columns[2][count] = low;
        columns[3][count] = close;
        columns[4][count] = volume;
        count++;
    }

    /// Adds the bar at `index` of `bars` with its mark.
    public void add(Bars bars, int index) {
        add(
                bars.time(index),
                bars.open().at(index),
                bars.high().at(index),
                bars.low().at(index),
                bars.close().at(index),
                bars.volume().at(index));
        if (bars.isSynthetic(index)) {
            markSynthetic();
        }
    }

    /// Marks the row that was added last as filled in on purpose.
    public void markSynthetic() {
        synthetic.set(count - 1);
    }

    private void grow() {
        int rows = Math.addExact(count, count);
        times = Arrays.copyOf(times, rows);
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] = Arrays.copyOf(columns[i], rows);
        }
    }

    /// {@return how many rows were added}
    public int count() {
        return count;
    }

    /// {@return the rows as bars; the buffer is empty again}
    ///
    /// @throws IllegalArgumentException if a row breaks the rules or the times do not rise
    public Bars bars() {
        Series[] series = new Series[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            series[i] = Series.owning(columns[i], count);
        }
        Bars bars = Bars.owning(rules, times, series, synthetic);
        times = new long[1];
        columns = new double[COLUMNS][1];
        synthetic = new BitSet();
        count = 0;
        return bars;
    }
}
