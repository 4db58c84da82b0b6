package dev.ktrdr.store;

import dev.ktrdr.market.Timeframe;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Optional;

/// The stretch of time whose bars share a file: a month in UTC for bars shorter than a day, all of
/// time for longer ones.
///
/// @param file name of the file in the folder of the series
/// @param from first instant, microseconds since the epoch
/// @param to instant after the last
record Partition(String file, long from, long to) implements Comparable<Partition> {

    private static final String SUFFIX = ".parquet";
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final Partition WHOLE =
            new Partition("bars" + SUFFIX, Long.MIN_VALUE, Long.MAX_VALUE);

    static Partition of(Timeframe timeframe, long time) {
        return timeframe.isIntraday()
                ? of(YearMonth.from(LocalDate.ofEpochDay(Math.floorDiv(time, DAY_MICROS))))
                : WHOLE;
    }

    private static Partition of(YearMonth month) {
        return new Partition(
                month + SUFFIX,
                month.atDay(1).toEpochDay() * DAY_MICROS,
                month.plusMonths(1).atDay(1).toEpochDay() * DAY_MICROS);
    }

    /// {@return the partition whose file is `file`, empty if it has another name}
    static Optional<Partition> ofFile(Timeframe timeframe, String file) {
        if (!timeframe.isIntraday()) {
            return WHOLE.file.equals(file) ? Optional.of(WHOLE) : Optional.empty();
        }
        try {
            String month = file.substring(0, Math.max(0, file.length() - SUFFIX.length()));
            return Optional.of(of(YearMonth.parse(month))).filter(found -> found.file.equals(file));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    boolean has(long time) {
        return from <= time && time < to;
    }

    boolean overlaps(long start, long end) {
        return from < end && start < to;
    }

    @Override
    public int compareTo(Partition other) {
        return Comparator.comparingLong(Partition::from).compare(this, other);
    }
}
