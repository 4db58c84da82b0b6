package dev.ktrdr.market;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// The length of a bar. The identifiers are those that users write: `1m` is a minute, `1M` a month.
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

    private final String id;
    private final String title;
    private final Duration duration;

    Timeframe(String id, String title, Duration duration) {
        this.id = id;
        this.title = title;
        this.duration = duration;
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

    /// {@return the timeframe written as `id`; upper and lower case differ, as in `1m` and `1M`}
    public static Optional<Timeframe> parse(String id) {
        return Stream.of(values()).filter(timeframe -> timeframe.id.equals(id)).findFirst();
    }
}
