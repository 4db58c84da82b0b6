package dev.ktrdr.feed;

import dev.ktrdr.store.StoreException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Finds out which column is what: from what people say, from the names in the first row, and,
/// where there are no names, from the usual order.
final class Naming {

    private static final Set<Column> BAR =
            Set.of(Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE);

    private static final Pattern CLOCK =
            Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?|\\d{4}|\\d{6}");

    /// Columns of files without names, by the number of their cells.
    private static final Map<Integer, List<Column>> ORDERS =
            Map.of(
                    3, List.of(Column.TIME, Column.PRICE, Column.AMOUNT),
                    5, List.of(Column.TIME, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE),
                    6, bars(),
                    7, bars(),
                    12, bars());

    private static final int DATE_AND_TIME_CELLS = 7;

    private final List<String> names;
    private final Sample body;
    private final int width;
    private final boolean header;
    private final Optional<Format> format;
    private final Map<Column, Integer> positions = new EnumMap<>(Column.class);

    private Naming(Sample sample, boolean header, ReadOptions options) {
        this.names = sample.rows().getFirst();
        this.width = names.size();
        this.header = header;
        this.body = header ? sample.body() : sample;
        this.format = options.format();
    }

    private static List<Column> bars() {
        return List.of(
                Column.TIME, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, Column.VOLUME);
    }

    /// {@return where each column stands, from 0}
    ///
    /// @param header whether the first row of the sample holds the names
    /// @throws StoreException of kind INVALID if a column is missing or could be more than one
    static Map<Column, Integer> of(Sample sample, boolean header, ReadOptions options) {
        Naming naming = new Naming(sample, header, options);
        options.columns().forEach(naming::said);
        if (header) {
            naming.named();
        } else if (options.columns().isEmpty()) {
            naming.ordered();
        }
        naming.complete(sample.lines().getFirst());
        return naming.positions;
    }

    /// {@return whether the cell is a time of day}
    static boolean isClock(String cell) {
        return CLOCK.matcher(cell).matches();
    }

    private void said(Column column, String name) {
        int position =
                IntStream.range(0, header ? width : 0)
                        .filter(i -> names.get(i).equalsIgnoreCase(name))
                        .findFirst()
                        .orElseGet(
                                () -> name.matches("\\d{1,4}") ? Integer.parseInt(name) - 1 : -1);
        if (position < 0 || position >= width) {
            throw invalid(
                    "there is no column '%s' for %s; the first line reads: %s"
                            .formatted(name, column.id(), line()));
        }
        positions.put(column, position);
    }

    private void named() {
        List<String> plain = names.stream().map(Column::plain).toList();
        boolean timeSaid = positions.containsKey(Column.TIME) || positions.containsKey(Column.DATE);
        for (Column column : Column.values()) {
            boolean whole = column == Column.TIME || column == Column.DATE;
            if (!positions.containsKey(column) && !(whole && timeSaid)) {
                find(column, plain).ifPresent(position -> positions.put(column, position));
            }
        }
        if (!timeSaid) {
            chooseTime(plain);
        }
        boolean bar = positions.keySet().containsAll(BAR) || format.equals(Optional.of(Format.CSV));
        if (bar && !format.equals(Optional.of(Format.TICKS))) {
            positions.remove(Column.PRICE);
            positions.remove(Column.AMOUNT);
            otherVolume(plain);
        } else if (positions.containsKey(Column.PRICE)) {
            positions.keySet().removeAll(BAR);
            positions.remove(Column.VOLUME);
        }
    }

    private Optional<Integer> find(Column column, List<String> plain) {
        for (String name : column.names()) {
            int first = plain.indexOf(name);
            if (first >= 0 && first != plain.lastIndexOf(name)) {
                throw invalid(
                        "two columns are called '%s'; say which one is meant, as in --column %s=%d"
                                .formatted(names.get(first), column.id(), first + 1));
            }
            if (first >= 0) {
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /// A date and a time belong together if the time is one of the day; else the time says it all.
    /// An index that has no name, as pandas writes it, is the time if nothing else is.
    private void chooseTime(List<String> plain) {
        boolean date = positions.containsKey(Column.DATE);
        Integer time = positions.get(Column.TIME);
        if (date && time != null) {
            List<String> cells = body.column(time, width);
            if (cells.stream().filter(Naming::isClock).count() * 2 <= cells.size()) {
                positions.remove(Column.DATE);
            }
        } else if (!date && time == null && Set.of("", "index").contains(plain.getFirst())) {
            positions.put(Column.TIME, 0);
        }
    }

    /// One column whose name starts with `volume` is the volume; of two nobody knows.
    private void otherVolume(List<String> plain) {
        List<Integer> volumes =
                IntStream.range(0, width)
                        .filter(i -> plain.get(i).startsWith("volume"))
                        .boxed()
                        .toList();
        if (positions.containsKey(Column.VOLUME) || volumes.isEmpty()) {
            return;
        }
        if (volumes.size() > 1) {
            throw invalid(
                    "the volume could be '%s' or '%s'; say which one, as in --column volume=%d"
                            .formatted(
                                    names.get(volumes.get(0)),
                                    names.get(volumes.get(1)),
                                    volumes.get(0) + 1));
        }
        positions.put(Column.VOLUME, volumes.getFirst());
    }

    private void ordered() {
        List<Column> order = ORDERS.getOrDefault(width, List.of());
        boolean split = width == DATE_AND_TIME_CELLS && isClock(names.get(1));
        for (int i = 0; i < order.size(); i++) {
            positions.put(order.get(i), split && i > 0 ? i + 1 : i);
        }
        if (split) {
            positions.put(Column.DATE, 0);
            positions.put(Column.TIME, 1);
        }
    }

    private void complete(long line) {
        if (!positions.containsKey(Column.TIME) && positions.containsKey(Column.DATE)) {
            positions.put(Column.TIME, positions.get(Column.DATE));
            positions.remove(Column.DATE);
        }
        boolean priced = positions.keySet().containsAll(BAR) || positions.containsKey(Column.PRICE);
        if (priced && positions.containsKey(Column.TIME)) {
            return;
        }
        String rule =
                "line %d must name the columns time (or date), open, high, low, close and perhaps"
                        + " volume; or time, price and amount of trades";
        String hint = "; say what is what, as in --column time=1 --column open=2; it reads: %s";
        throw invalid((rule + hint).formatted(line, line()));
    }

    private String line() {
        String line = String.join(String.valueOf(body.separator()), names);
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    /// {@return the columns with the name or the position that people know them by}
    static Map<Column, String> shown(Map<Column, Integer> positions, List<String> names) {
        Map<Column, String> shown = new EnumMap<>(Column.class);
        positions.forEach(
                (column, position) ->
                        shown.put(
                                column,
                                names.isEmpty()
                                        ? String.valueOf(position + 1)
                                        : names.get(position)));
        return shown;
    }

    /// {@return the columns that are not used}
    static List<String> ignored(Map<Column, Integer> positions, List<String> names, int width) {
        Set<Integer> used = new HashSet<>(positions.values());
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            if (!used.contains(i)) {
                ignored.add(names.isEmpty() ? String.valueOf(i + 1) : names.get(i));
            }
        }
        return ignored.stream().map(name -> name.isEmpty() ? "(no name)" : name).toList();
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
