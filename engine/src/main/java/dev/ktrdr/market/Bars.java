package dev.ktrdr.market;

import dev.ktrdr.series.Series;
import java.util.Arrays;
import java.util.Optional;

/// The bars of one symbol and timeframe in columns of equal length, oldest first.
///
/// Times are microseconds since 1970-01-01T00:00Z of the OPEN of each bar, strictly increasing.
/// Prices are positive, the high is the highest and the low the lowest of the four. Volume is 0 or
/// more, `NaN` where nobody reported one. A row that breaks these rules cannot get in. Immutable.
public final class Bars {

    private final long[] times;
    private final Series open;
    private final Series high;
    private final Series low;
    private final Series close;
    private final Series volume;

    private Bars(long[] times, Series open, Series high, Series low, Series close, Series volume) {
        this.times = times;
        this.open = open;
        this.high = high;
        this.low = low;
        this.close = close;
        this.volume = volume;
    }

    /// {@return bars made of six columns of equal length}
    ///
    /// @param times microseconds since the epoch, UTC, of each bar's open, strictly increasing
    /// @param open first price of each bar, above 0
    /// @param high highest price
    /// @param low lowest price, above 0
    /// @param close last price
    /// @param volume traded amount, 0 or more, `NaN` where unknown
    /// @throws IllegalArgumentException if the lengths differ or a row breaks the rules of a bar
    public static Bars of(
            long[] times, Series open, Series high, Series low, Series close, Series volume) {
        for (Series column : new Series[] {open, high, low, close, volume}) {
            if (column.length() != times.length) {
                throw new IllegalArgumentException(
                        "columns must have " + times.length + " rows, one has " + column.length());
            }
        }
        Bars bars = new Bars(times.clone(), open, high, low, close, volume);
        for (int i = 0; i < times.length; i++) {
            int row = i;
            bars.flaw(i)
                    .ifPresent(
                            flaw -> {
                                throw new IllegalArgumentException("row " + row + ": " + flaw);
                            });
        }
        return bars;
    }

    /// {@return why four prices and a volume are not a bar, empty when they are one}
    ///
    /// @param open first price
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, `NaN` where unknown
    public static Optional<String> flaw(
            double open, double high, double low, double close, double volume) {
        if (!(low > 0) || !Double.isFinite(high)) { // written so that NaN is caught too
            return Optional.of("prices must be finite and above 0");
        }
        if (!(high >= Math.max(open, close))) {
            return Optional.of("high must not be below open or close");
        }
        if (!(low <= Math.min(open, close))) {
            return Optional.of("low must not be above open or close");
        }
        if (volume < 0 || Double.isInfinite(volume)) {
            return Optional.of("volume must be 0 or more");
        }
        return Optional.empty();
    }

    private Optional<String> flaw(int i) {
        if (i > 0 && times[i] <= times[i - 1]) {
            return Optional.of("time must be after the time of the row before");
        }
        return flaw(open.at(i), high.at(i), low.at(i), close.at(i), volume.at(i));
    }

    /// {@return how many bars there are}
    public int count() {
        return times.length;
    }

    /// {@return microseconds since the epoch, UTC, of the open of the bar at `index`}
    public long time(int index) {
        return times[index];
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

    /// {@return the bars from position `from` up to, and not including, `to`}
    public Bars slice(int from, int to) {
        return new Bars(
                Arrays.copyOfRange(times, from, to),
                open.slice(from, to),
                high.slice(from, to),
                low.slice(from, to),
                close.slice(from, to),
                volume.slice(from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bars that
                && Arrays.equals(times, that.times)
                && open.equals(that.open)
                && high.equals(that.high)
                && low.equals(that.low)
                && close.equals(that.close)
                && volume.equals(that.volume);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(times) * 31 + close.hashCode();
    }

    @Override
    public String toString() {
        return "Bars of " + times.length;
    }
}
