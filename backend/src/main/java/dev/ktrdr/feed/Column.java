package dev.ktrdr.feed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a column can mean. The names by which it is known are compared without case, blanks and
/// punctuation, so that `<OPEN>`, `Open` and `open` are one; the first that is found counts.
public enum Column {
    /// The date, where the time of day stands in a column of its own.
    DATE("date", "day", "dateutc", "dategmt"),
    /// The stamp; beside [#DATE] the time of day.
    TIME(
            "timestamp",
            "opentime",
            "opentimestamp",
            "datetime",
            "unix",
            "unixtime",
            "unixtimestamp",
            "time",
            "timeutc",
            "timegmt",
            "gmttime",
            "utctime",
            "datetimeutc",
            "timestamputc",
            "ts"),
    OPEN("open", "openprice", "o"),
    HIGH("high", "highprice", "h"),
    LOW("low", "lowprice", "l"),
    CLOSE("close", "closeprice", "c"),
    VOLUME("volume", "vol", "v"),
    /// What a trade was made at; in tick files.
    PRICE("price", "rate", "last", "p"),
    /// How much was traded; in tick files.
    AMOUNT("amount", "size", "quantity", "qty", "volume", "vol", "q");

    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    /// {@return the name that users write, such as `close`}
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// {@return the column called `id`, in any case}
    public static Optional<Column> parse(String id) {
        return Stream.of(values()).filter(column -> column.id().equalsIgnoreCase(id)).findFirst();
    }

    /// {@return the names by which it is known, as [#plain] leaves them, the likeliest first}
    List<String> names() {
        return names;
    }

    /// {@return a name without case, blanks and punctuation}
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
