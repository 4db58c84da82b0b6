package dev.ktrdr.market;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// The length of a bar, and the grid that bars of this length lie on.
///
/// The identifiers are those that users write: `1m` is a minute, `1M` a month. Times are
/// microseconds since 1970-01-01T00:00Z. A day starts at midnight UTC of the date of its session,
/// a week on Monday, a month on its first day. Shorter bars start at a multiple of their length
/// from midnight; those of 30 minutes and more may start at any quarter of an hour, because
/// sessions do (09:30 in New York, 09:15 in Mumbai).
public enum Timeframe {
    M1("1m", "1 minute", Duration.ofMinutes(1)),
    M3("3m", "3 minutes", Duration.ofMinutes(3)),
    M5("5m", "5 minutes", Duration.ofMinutes(5)),
    M15("15m", "15 minutes", Duration.ofMinutes(15)),
    M30("30m", "30 minutes", Duration.ofMinutes(30)),
    H1("1h", "1 hour", Duration.ofHours(1)),
    H2("2h", "2 hours", Duration.ofHours(2)),
    H4("4h", "4 hours", Duration.ofHours(4)),
    H6("6h", "6 hours", Duration.ofHours(6)),
    H8("8h", "8 hours", Duration.ofHours(8)),
    H12("12h", "12 hours", Duration.ofHours(12)),
    D1("1d", "1 day", Duration.ofDays(1)),
    W1("1w", "1 week", Duration.ofDays(7)),
    /// A calendar month; the duration is the longest one.
    MONTH("1M", "1 month", Duration.ofDays(31));

    private static final long MINUTE = 60_000_000;
    private static final long QUARTER = 15 * MINUTE;
    private static final long DAY = 1440 * MINUTE;

    /// 1970-01-01 was a Thursday; the first Monday came four days later.
    private static final long FIRST_MONDAY = 4 * DAY;

    private final String id;
    private final String title;
    private final Duration duration;
    private final long micros;

    Timeframe(String id, String title, Duration duration) {
        this.id = id;
        this.title = title;
        this.duration = duration;
        this.micros = duration.toNanos() / 1000;
    }

    /// {@return the identifier that users write, such as `15m`}
    public String id() {
        return id;
    }

    /// {@return the name in words, such as `15 minutes`}
    public String title() {
        return title;
    }

    /// {@return the time from the open of a bar to its close, at most}
    public Duration duration() {
        return duration;
    }

    /// {@return the duration in microseconds}
    public long micros() {
        return micros;
    }

    /// {@return whether bars are shorter than a day, so that they have a time of day}
    public boolean isIntraday() {
        return micros < DAY;
    }

    /// {@return whether a bar may open at `time`}
    ///
    /// @param time microseconds since the epoch, UTC
    public boolean isOnGrid(long time) {
        return switch (this) {
            case W1, MONTH -> floor(time) == time;
            default -> Math.floorMod(time, isIntraday() ? Math.min(micros, QUARTER) : DAY) == 0;
        };
    }

    /// {@return the last grid point, counted from midnight UTC, at or before `time`}
    ///
    /// @param time microseconds since the epoch, UTC
    public long floor(long time) {
        return switch (this) {
            case W1 -> time - Math.floorMod(time - FIRST_MONDAY, micros);
            case MONTH -> micros(date(time).withDayOfMonth(1));
            default -> time - Math.floorMod(time, micros);
        };
    }

    /// {@return when the bar that opens at `open` closes, if no session ends it earlier}
    ///
    /// @param open microseconds since the epoch, UTC
    public long close(long open) {
        return this == MONTH ? micros(date(open).plusMonths(1)) : open + micros;
    }

    private static LocalDate date(long time) {
        return LocalDate.ofEpochDay(Math.floorDiv(time, DAY));
    }

    private static long micros(LocalDate date) {
        return date.toEpochDay() * DAY;
    }

    /// {@return the timeframe written as `id`; upper and lower case differ, as in `1m` and `1M`}
    public static Optional<Timeframe> parse(String id) {
        return Stream.of(values()).filter(timeframe -> timeframe.id.equals(id)).findFirst();
    }

    /// {@return an instant as microseconds since the epoch}
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// {@return microseconds since the epoch as an instant}
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// {@return the date in UTC of an instant in microseconds since the epoch}
    public static LocalDate utcDate(long micros) {
        return instant(micros).atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
