package dev.ktrdr.feed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// A daily file that is dirty on purpose, with the faults of the sample of the first KTRDR at the
/// same rows: 120 calendar days from 2023-01-01, whose prices are made up here.
///
/// Closes are missing in rows 10 to 14, counted from 0; the volume is -1000 in 75 and 76; the low
/// is 5 above the high in 80, 81 and their copies 100 and 101; the close of row 30 and the volume
/// of row 45 are spikes; eleven of the rows from 100 on have the numbers of the row 20 before them.
public final class DirtySample {

    public static final Set<Integer> MISSING_CLOSE = Set.of(10, 11, 12, 13, 14);
    public static final Set<Integer> NEGATIVE_VOLUME = Set.of(75, 76);
    public static final Set<Integer> LOW_ABOVE_HIGH = Set.of(80, 81, 100, 101);
    public static final Set<Integer> COPIED = Set.of(80, 81, 83, 85, 86, 89, 91, 93, 94, 95, 97);
    public static final int PRICE_SPIKE = 30;
    public static final double PRICE_SPIKE_CLOSE = 179.77070457958737;
    public static final int VOLUME_SPIKE = 45;
    public static final double VOLUME_SPIKE_VALUE = 41232.785871064174;
    public static final LocalDate FIRST = LocalDate.of(2023, 1, 1);

    private static final int ROWS = 120;
    private static final int SHIFT = 20;

    private DirtySample() {}

    /// {@return the number of the line that row `row` stands in}
    public static long line(int row) {
        return row + 2L;
    }

    /// {@return the file with its header}
    public static String csv() {
        Random random = new Random(42);
        List<String> numbers = new ArrayList<>();
        double close = 100;
        for (int row = 0; row < ROWS; row++) {
            double open = close;
            close = row == PRICE_SPIKE ? PRICE_SPIKE_CLOSE : 100 + 2 * random.nextGaussian();
            boolean copy = row >= 100 && COPIED.contains(row - SHIFT);
            numbers.add(copy ? numbers.get(row - SHIFT) : numbers(row, open, close, random));
        }
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(FIRST.plusDays(row)).append(',').append(numbers.get(row)).append('\n');
        }
        return csv.toString();
    }

    private static String numbers(int row, double open, double close, Random random) {
        double high = Math.max(open, close) + random.nextDouble();
        double low = Math.min(open, close) - random.nextDouble();
        double volume = 1000 + 5000 * random.nextDouble();
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s",
                open,
                high,
                LOW_ABOVE_HIGH.contains(row) ? high + 5 : low,
                MISSING_CLOSE.contains(row) ? "" : close,
                NEGATIVE_VOLUME.contains(row)
                        ? -1000.0
                        : row == VOLUME_SPIKE ? VOLUME_SPIKE_VALUE : volume);
    }
}
