package dev.ktrdr.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Rows of text in columns that fit the terminal.
///
/// Columns whose cells are all numbers stand on the right. Where the screen is too narrow, the
/// widest columns are wrapped, and where even that is not enough each cell gets a line of its own.
final class Table {

    private static final int GAP = 2;

    /// A word up to this length is never broken: a stamp, a name, a number.
    private static final int WORD_MAX = 20;

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> header) {
        this.header = header;
    }

    static Table of(String... header) {
        return new Table(List.of(header));
    }

    /// {@return this table, one row longer}
    Table row(String... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(
                    "row must have " + header.size() + " cells, had " + cells.length);
        }
        rows.add(Arrays.stream(cells).map(Table::visible).toList());
        return this;
    }

    /// {@return the lines of names and values, without a header; they are not wrapped, so that a
    /// path can be copied}
    static String pairs(String... namesAndValues) {
        Table table = of("", "");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            table.row(namesAndValues[i], namesAndValues[i + 1]);
        }
        return table.text(Integer.MAX_VALUE);
    }

    /// {@return the table as lines that each end in a line feed}
    ///
    /// @param width columns of the screen
    String text(int width) {
        int[] widths = natural();
        if (!fit(widths, width)) {
            return upright();
        }
        var text = new StringBuilder();
        if (header.stream().anyMatch(h -> !h.isEmpty())) {
            append(text, header, widths);
        }
        rows.forEach(row -> append(text, row, widths));
        return text.toString();
    }

    private int[] natural() {
        int[] widths = new int[header.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = column(column).mapToInt(Table::length).max().orElse(0);
        }
        return widths;
    }

    private Stream<String> column(int column) {
        return Stream.concat(
                Stream.of(header.get(column)), rows.stream().map(row -> row.get(column)));
    }

    /// {@return whether the row fits, once the widest columns have given what they can}
    private boolean fit(int[] widths, int width) {
        int[] least = new int[widths.length];
        for (int c = 0; c < least.length; c++) {
            least[c] = column(c).mapToInt(Table::longestWord).max().orElse(0);
        }
        int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - width;
        for (; excess > 0; excess--) {
            int widest = -1;
            for (int c = 0; c < widths.length; c++) {
                if (widths[c] > least[c] && (widest < 0 || widths[c] > widths[widest])) {
                    widest = c;
                }
            }
            if (widest < 0) {
                return false;
            }
            widths[widest]--;
        }
        return true;
    }

    private static int longestWord(String cell) {
        int longest = Arrays.stream(cell.split(" ", -1)).mapToInt(Table::length).max().orElse(0);
        return Math.min(longest, WORD_MAX);
    }

    private void append(StringBuilder text, List<String> cells, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int c = 0; c < widths.length; c++) {
            wrapped.add(wrap(cells.get(c), Math.max(1, widths[c])));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            var out = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                List<String> lines = wrapped.get(c);
                String piece = line < lines.size() ? lines.get(line) : "";
                String blank = " ".repeat(widths[c] - length(piece));
                out.append(isNumeric(c) ? blank + piece : piece + blank).append(" ".repeat(GAP));
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(row -> row.get(column).matches("-?[0-9.]*(E[-+]?[0-9]+)?"));
    }

    private static List<String> wrap(String cell, int width) {
        List<String> lines = new ArrayList<>();
        String rest = cell;
        while (length(rest) > width) {
            int limit = rest.offsetByCodePoints(0, width);
            int space = rest.lastIndexOf(' ', limit);
            int cut = space > 0 ? space : limit;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /// One cell a line, for screens on which no row fits.
    private String upright() {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(text.isEmpty() ? "" : "\n");
            for (int c = 0; c < header.size(); c++) {
                String name = header.get(c).isEmpty() ? "" : header.get(c) + ": ";
                text.append(name).append(row.get(c)).append('\n');
            }
        }
        return text.toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// {@return `text` on one line, with control characters spelled out: a cell may hold what
    /// somebody wrote into a data file, and must not steer the terminal}
    static String visible(String text) {
        var visible = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (Character.getType(c)) {
                                case Character.CONTROL,
                                        Character.FORMAT,
                                        Character.LINE_SEPARATOR,
                                        Character.PARAGRAPH_SEPARATOR,
                                        Character.SURROGATE ->
                                        visible.append(c == '\t' ? " " : "\\u%04x".formatted(c));
                                default -> visible.appendCodePoint(c);
                            }
                        });
        return visible.toString();
    }
}
