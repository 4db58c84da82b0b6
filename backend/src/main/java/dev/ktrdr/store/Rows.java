package dev.ktrdr.store;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Rows on their way into the store, in columns that grow: the six of a bar, and where it was read.
///
/// A row takes 56 bytes, in memory as on the disk. For one thread.
final class Rows {

    private static final int PRICES = 5;
    private static final int COLUMNS = PRICES + 2;
    private static final int ROWS_BITS_MAX = 20;

    /// Most rows that can be sorted.
    static final int ROWS_MAX = 1 << ROWS_BITS_MAX;

    private static final long MINUTE = Timeframe.M1.micros();

    private long[] times;
    private final double[][] prices = new double[PRICES][];
    private long[] marks;
    private int count;

    Rows(int capacity) {
        times = new long[capacity];
        marks = new long[capacity];
        for (int i = 0; i < PRICES; i++) {
            prices[i] = new double[capacity];
        }
    }

    /// Adds a row.
    ///
    /// @param line where it was read, 0 or more
    void add(
            long line,
            boolean synthetic,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        int row = next();
        marks[row] = synthetic ? ~line : line;
        times[row] = time;
        prices[0][row] = open;
        prices[1][row] = high;
        prices[2][row] = low;
        prices[3][row] = close;
        prices[4][row] = volume;
    }

    /// Adds the row at `index` of `others`.
    void add(Rows others, int index) {
        int row = next();
        marks[row] = others.marks[index];
        times[row] = others.times[index];
        for (int i = 0; i < PRICES; i++) {
            prices[i][row] = others.prices[i][index];
        }
    }

    /// Adds the rows of `others` from `from` to `to`.
    void addAll(Rows others, int from, int to) {
        int added = to - from;
        ensure(count + added);
        System.arraycopy(others.times, from, times, count, added);
        System.arraycopy(others.marks, from, marks, count, added);
        for (int i = 0; i < PRICES; i++) {
            System.arraycopy(others.prices[i], from, prices[i], count, added);
        }
        count += added;
    }

    private int next() {
        ensure(count + 1);
        return count++;
    }

    private void ensure(int rows) {
        if (rows > times.length) {
            int capacity = Math.max(rows, 2 * count);
            times = Arrays.copyOf(times, capacity);
            marks = Arrays.copyOf(marks, capacity);
            for (int i = 0; i < PRICES; i++) {
                prices[i] = Arrays.copyOf(prices[i], capacity);
            }
        }
    }

    int count() {
        return count;
    }

    long time(int row) {
        return times[row];
    }

    /// {@return the time of the last row}
    long last() {
        return times[count - 1];
    }

    long line(int row) {
        return isSynthetic(row) ? ~marks[row] : marks[row];
    }

    private boolean isSynthetic(int row) {
        return marks[row] < 0;
    }

    /// {@return whether the bar at `row` equals the one at `index` of `others`}
    boolean equal(int row, Rows others, int index) {
        boolean equal = isSynthetic(row) == others.isSynthetic(index);
        for (int i = 0; i < PRICES; i++) {
            equal &= Double.compare(prices[i][row], others.prices[i][index]) == 0;
        }
        return equal;
    }

    void clear() {
        count = 0;
    }

    /// {@return the rows by time; those of one time stay in the order in which they came}
    ///
    /// Every grid is made of minutes, so minute and position fit into one number, and numbers are
    /// sorted fast.
    Rows sorted() {
        if (isRising(0, count)) {
            return this;
        }
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (Math.floorDiv(times[i], MINUTE) << ROWS_BITS_MAX) | i;
        }
        Arrays.sort(keys);
        Rows sorted = new Rows(count);
        for (long key : keys) {
            sorted.add(this, (int) (key & (ROWS_MAX - 1)));
        }
        return sorted;
    }

    /// {@return whether each of the rows from `from` to `to` is later than the one before}
    boolean isRising(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (times[i] <= times[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /// {@return the rows as bars}
    Bars bars(BarRules rules) {
        BarBuffer bars = new BarBuffer(rules, count);
        for (int i = 0; i < count; i++) {
            bars.add(
                    times[i], prices[0][i], prices[1][i], prices[2][i], prices[3][i], prices[4][i]);
            if (isSynthetic(i)) {
                bars.markSynthetic();
            }
        }
        return bars.bars();
    }

    void write(Path file) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, COLUMNS * Long.BYTES))
                        .order(ByteOrder.nativeOrder());
        LongBuffer numbers = bytes.asLongBuffer();
        numbers.put(times, 0, count).put(marks, 0, count);
        bytes.position(2 * count * Long.BYTES);
        for (double[] column : prices) {
            bytes.asDoubleBuffer().put(column, 0, count);
            bytes.position(bytes.position() + count * Double.BYTES);
        }
        bytes.rewind();
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    static Rows read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.toIntExact(channel.size()))
                            .order(ByteOrder.nativeOrder());
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(file + " has become shorter");
                }
            }
            Rows rows = new Rows(bytes.capacity() / (COLUMNS * Long.BYTES));
            rows.count = rows.times.length;
            bytes.rewind();
            bytes.asLongBuffer().get(rows.times).get(rows.marks);
            bytes.position(2 * rows.count * Long.BYTES);
            for (double[] column : rows.prices) {
                bytes.asDoubleBuffer().get(column);
                bytes.position(bytes.position() + rows.count * Double.BYTES);
            }
            return rows;
        }
    }
}
