package dev.ktrdr.feed;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What kind of file it is.
public enum Format {
    /// Columns separated by a character, one bar a line.
    CSV,
    /// Twelve columns without names, as Binance publishes its archive.
    BINANCE,
    /// A list of lists `[time, open, high, low, close, volume]`, as freqtrade keeps it.
    FREQTRADE_JSON,
    /// A Parquet file.
    PARQUET,
    /// Columns separated by a character, one trade a line: time, price, amount.
    TICKS;

    /// {@return the name that users write, such as `freqtrade-json`}
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// {@return the format called `id`, in any case}
    public static Optional<Format> parse(String id) {
        return Stream.of(values()).filter(format -> format.id().equalsIgnoreCase(id)).findFirst();
    }
}
