package dev.ktrdr.series;

import java.util.Arrays;
import java.util.Objects;

/// One immutable column of numbers, oldest first.
///
/// `NaN` marks a position that has no value, such as the warm-up of a moving average or a volume
/// that nobody reported. This is a class and not a record because a record compares its array by
/// identity. A slice shares the numbers of the whole. Instances may be shared between threads.
public final class Series {

    private final double[] values;
    private final int first;
    private final int length;

    private Series(double[] values, int first, int length) {
        this.values = values;
        this.first = first;
        this.length = length;
    }

    /// {@return a series holding a copy of `values`}
    ///
    /// @param values numbers, oldest first; `NaN` where there is none
    public static Series of(double... values) {
        return owning(values.clone(), values.length);
    }

    /// {@return a series over the first `length` numbers of `values`, which it takes over: the
    /// caller must not write to the array again}
    ///
    /// @param values numbers, oldest first; `NaN` where there is none
    /// @param length how many of them count, at most as many as there are
    public static Series owning(double[] values, int length) {
        Objects.checkFromToIndex(0, length, values.length);
        return new Series(values, 0, length);
    }

    /// {@return the value at `index`, `NaN` where there is none}
    ///
    /// @param index position from 0 to length - 1
    public double at(int index) {
        return values[first + Objects.checkIndex(index, length)];
    }

    /// {@return how many positions this series has}
    public int length() {
        return length;
    }

    /// {@return the positions from `from` up to, and not including, `to`; nothing is copied}
    ///
    /// @param from first position, 0 or more
    /// @param to position after the last, at most the length
    /// @throws IndexOutOfBoundsException if the range lies outside
    public Series slice(int from, int to) {
        if (from < 0 || to < from || to > length) {
            throw new IndexOutOfBoundsException(
                    "range must lie in 0 to " + length + ", was " + from + " to " + to);
        }
        return new Series(values, first + from, to - from);
    }

    /// {@return a copy of the numbers, oldest first}
    public double[] toArray() {
        return Arrays.copyOfRange(values, first, first + length);
    }

    /// Copies all numbers into `target`, the first one to position `at`.
    public void copyTo(double[] target, int at) {
        System.arraycopy(values, first, target, at, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that
                && Arrays.equals(
                        values,
                        first,
                        first + length,
                        that.values,
                        that.first,
                        that.first + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + Double.hashCode(at(i));
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Series of " + length;
    }
}
