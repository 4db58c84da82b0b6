package dev.ktrdr.feed;

import dev.ktrdr.store.StoreException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// What people say about a file because the file does not; all of it may be left out.
///
/// @param format kind of file, else detected
/// @param zone zone of stamps that carry none
/// @param unit unit of stamps that are numbers, else told from their size
/// @param dates order of day and month in dates such as 03/04/2020, else told from days above 12
/// @param separator between two cells, else detected
/// @param missingVolume number that stands for a volume nobody knows, such as -1
/// @param columns what columns are called, or where they stand from 1, else told by their names
public record ReadOptions(
        Optional<Format> format,
        Optional<ZoneId> zone,
        Optional<Unit> unit,
        Optional<DateOrder> dates,
        Optional<Character> separator,
        OptionalDouble missingVolume,
        Map<Column, String> columns) {

    private static final Map<String, String> RULES =
            Map.of(
                    "format", "one of csv binance freqtrade-json parquet ticks",
                    "zone", "a zone such as America/New_York or UTC",
                    "unit", "one of s ms us ns",
                    "dates", "one of ymd dmy mdy",
                    "separator", "one character or 'tab'",
                    "missing_volume", "a number such as -1",
                    "columns", "names or positions such as time=Date,open=2");

    /// What a stamp counts since 1970-01-01T00:00Z.
    public enum Unit {
        S("seconds", 1_000_000),
        MS("milliseconds", 1_000),
        US("microseconds", 1),
        NS("nanoseconds", 0);

        private final String title;
        private final long micros;

        Unit(String title, long micros) {
            this.title = title;
            this.micros = micros;
        }

        /// {@return the name in words}
        String title() {
            return title;
        }

        /// {@return microseconds in one unit, 0 for nanoseconds}
        long micros() {
            return micros;
        }

        /// {@return whether `count` lies between the years 1973 and 2100, where no other unit's
        /// numbers lie}
        boolean fits(long count) {
            long second = this == NS ? count / 1_000_000_000 : count / (1_000_000 / micros);
            return second >= SECOND_MIN && second < SECOND_MAX;
        }

        private static final long SECOND_MIN = 100_000_000;
        private static final long SECOND_MAX = 4_102_444_800L;
    }

    /// In which order the numbers of a date stand.
    public enum DateOrder {
        /// 2020-04-17
        YMD("the year first"),
        /// 17.04.2020
        DMY("the day first"),
        /// 04/17/2020
        MDY("the month first");

        private final String title;

        DateOrder(String title) {
            this.title = title;
        }

        /// {@return the order in words}
        String title() {
            return title;
        }
    }

    /// Copies the columns.
    public ReadOptions {
        columns = Map.copyOf(columns);
    }

    /// {@return options that leave everything to the file}
    public static ReadOptions none() {
        return parse(Map.of());
    }

    /// {@return options from the words of a command line, a form or a file}
    ///
    /// @param words `format`, `zone`, `unit` (s, ms, us, ns), `dates` (ymd, dmy, mdy), `separator`
    ///     (a character or `tab`), `missing_volume`, `columns` (`time=Date,open=2`); what is blank
    ///     counts as absent
    /// @throws StoreException of kind INVALID if a word or its value is none of these
    public static ReadOptions parse(Map<String, String> words) {
        for (String word : words.keySet()) {
            if (!RULES.containsKey(word)) {
                String known = String.join(" ", new TreeSet<>(RULES.keySet()));
                throw invalid("unknown option '%s'; known: %s".formatted(word, known));
            }
        }
        Optional<Double> missing = option(words, "missing_volume", ReadOptions::number);
        return new ReadOptions(
                option(words, "format", Format::parse),
                option(words, "zone", ReadOptions::zone),
                option(words, "unit", text -> named(Unit.class, text)),
                option(words, "dates", text -> named(DateOrder.class, text)),
                option(words, "separator", ReadOptions::character),
                missing.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                option(words, "columns", ReadOptions::columns).orElse(Map.of()));
    }

    private static <T> Optional<T> option(
            Map<String, String> words, String word, Function<String, Optional<T>> meaning) {
        String text = words.getOrDefault(word, "");
        if (text.isBlank() && !text.equals("\t")) {
            return Optional.empty();
        }
        Optional<T> value = meaning.apply(text);
        if (value.isEmpty()) {
            throw invalid("%s must be %s, was '%s'".formatted(word, RULES.get(word), text));
        }
        return value;
    }

    private static <E extends Enum<E>> Optional<E> named(Class<E> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(text.strip()))
                .findFirst();
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text.strip()));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Character> character(String text) {
        String one = text.equalsIgnoreCase("tab") || text.equals("\\t") ? "\t" : text;
        boolean usable = one.length() == 1 && "\"\r\n".indexOf(one.charAt(0)) < 0;
        return usable ? Optional.of(one.charAt(0)) : Optional.empty();
    }

    private static Optional<Double> number(String text) {
        double number = Numeral.parse(text);
        return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    }

    private static Optional<Map<Column, String>> columns(String text) {
        Map<Column, String> columns = new EnumMap<>(Column.class);
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", 2);
            Optional<Column> column = Column.parse(sides[0].strip());
            if (sides.length < 2 || column.isEmpty() || sides[1].isBlank()) {
                return Optional.empty();
            }
            columns.put(column.get(), sides[1].strip());
        }
        return Optional.of(columns);
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
