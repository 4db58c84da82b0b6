package dev.ktrdr.feed;

import java.util.Arrays;

/// The cells of one row as characters in one array that is used again for the next row.
final class Cells {

    /// What a row may have beyond this is counted but not kept.
    private static final int CHARACTERS_MAX = 1 << 16;

    private final char separator;
    private char[] text = new char[256];
    private int[] ends = new int[16];
    private boolean[] quoted = new boolean[16];
    private int length;
    private int count;
    private long line;

    /// No cells yet.
    ///
    /// @param separator what stands between two cells, to show a row as it was
    Cells(char separator) {
        this.separator = separator;
    }

    /// Starts the row on `line`.
    void begin(long line) {
        this.line = line;
        length = 0;
        count = 0;
    }

    /// Adds a cell with the `size` characters of `from` that start at `offset`.
    void add(char[] from, int offset, int size, boolean inQuotes) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            quoted = Arrays.copyOf(quoted, 2 * count);
        }
        int kept = Math.min(size, CHARACTERS_MAX - length);
        if (length + kept > text.length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + kept));
        }
        System.arraycopy(from, offset, text, length, kept);
        length += kept;
        ends[count] = length;
        quoted[count] = inQuotes;
        count++;
    }

    /// {@return how many cells the row has}
    int count() {
        return count;
    }

    /// {@return where the row stands in the file, from 1}
    long line() {
        return line;
    }

    /// {@return the characters that [#start] and [#end] point into}
    char[] characters() {
        return text;
    }

    /// {@return where the cell at `index` starts, blanks left out}
    int start(int index) {
        int start = index == 0 ? 0 : ends[index - 1];
        while (start < ends[index] && text[start] <= ' ') {
            start++;
        }
        return start;
    }

    /// {@return where the cell at `index` ends, blanks left out}
    int end(int index) {
        int start = start(index);
        int end = ends[index];
        while (end > start && text[end - 1] <= ' ') {
            end--;
        }
        return end;
    }

    /// {@return the cell at `index`, blanks left out}
    String cell(int index) {
        int start = start(index);
        return new String(text, start, end(index) - start);
    }

    /// {@return whether nothing but blanks stands in the row}
    boolean isBlank() {
        return count == 0 || (count == 1 && start(0) == end(0) && !quoted[0]);
    }

    /// {@return how many line breaks stand inside of cells}
    int breaks() {
        int breaks = 0;
        for (int i = 0; i < length; i++) {
            breaks += text[i] == '\n' ? 1 : 0;
        }
        return breaks;
    }

    /// {@return the row as it stands in the file}
    String text() {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int start = i == 0 ? 0 : ends[i - 1];
            String cell = new String(text, start, ends[i] - start);
            row.append(i == 0 ? "" : separator);
            row.append(quoted[i] ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return row.toString();
    }
}
