package dev.ktrdr.series;

import java.util.Arrays;

/// One immutable column of numbers, oldest first.
///
/// `NaN` marks a position that has no value, such as the warm-up of a moving average or a volume
/// that nobody reported. This is a class and not a record because a record compares its array by
/// identity. Instances may be shared between threads.
public final class Series {

    private final double[] values;

    private Series(double[] values) {
        this.values = values;
    }

    /// {@return a series holding a copy of `values`}
    ///
    /// @param values numbers, oldest first; `NaN` where there is none
    public static Series of(double... values) {
        return new Series(values.clone());
    }

    /// {@return the value at `index`, `NaN` where there is none}
    ///
    /// @param index position from 0 to length - 1
    public double at(int index) {
        return values[index];
    }

    /// {@return how many positions this series has}
    public int length() {
        return values.length;
    }

    /// {@return the positions from `from` up to, and not including, `to`}
    ///
    /// @param from first position, 0 or more
    /// @param to position after the last, at most the length
    /// @throws IndexOutOfBoundsException if the range lies outside
    public Series slice(int from, int to) {
        if (from < 0 || to < from || to > values.length) {
            throw new IndexOutOfBoundsException(
                    "range must lie in 0 to " + values.length + ", was " + from + " to " + to);
        }
        return new Series(Arrays.copyOfRange(values, from, to));
    }

    /// {@return a copy of the numbers, oldest first}
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Series of " + values.length;
    }
}
