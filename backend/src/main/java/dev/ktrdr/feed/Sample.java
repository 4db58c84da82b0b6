package dev.ktrdr.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The first rows of a file, cut into cells.
///
/// @param separator between two cells
/// @param rows cells of each row, blanks around them left out
/// @param lines where each row stands, from 1
record Sample(char separator, List<List<String>> rows, List<Long> lines) {

    private static final int ROWS_MAX = 1000;

    /// A comma comes last: it can be the decimal mark too, and then finds no more cells.
    private static final char[] SEPARATORS = {';', '\t', '|', ','};

    /// {@return the rows of `text`, cut where most cells come out of it}
    ///
    /// @param text the head of the file
    /// @param whole whether that is all of it; else its last row is cut off, and left out
    /// @param separator between two cells, or empty to find out
    static Sample of(String text, boolean whole, String separator) {
        if (!separator.isEmpty()) {
            return cut(text, whole, separator.charAt(0));
        }
        Sample best = cut(text, whole, ',');
        for (char candidate : SEPARATORS) {
            Sample sample = cut(text, whole, candidate);
            if (sample.width() > best.width()
                    || (sample.width() == best.width() && best.separator == ',')) {
                best = sample.width() > 1 ? sample : best;
            }
        }
        return best;
    }

    private static Sample cut(String text, boolean whole, char separator) {
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .fieldSeparator(separator)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                if (rows.size() == ROWS_MAX) {
                    return new Sample(separator, rows, lines);
                }
                List<String> cells = record.getFields().stream().map(String::strip).toList();
                if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                    rows.add(cells);
                    lines.add(record.getStartingLineNumber());
                }
            }
        } catch (CsvParseException torn) {
            // What was read so far is the sample; the rest is met, and refused, while reading.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a text in memory", e);
        }
        if (!whole && rows.size() > 1) {
            rows.removeLast();
            lines.removeLast();
        }
        return new Sample(separator, rows, lines);
    }

    /// {@return how many cells the rows have, 0 if fewer than half of them have as many as the
    /// first}
    int width() {
        if (rows.isEmpty()) {
            return 0;
        }
        int width = rows.getFirst().size();
        long alike = rows.stream().filter(row -> row.size() == width).count();
        return 2 * alike >= rows.size() ? width : 0;
    }

    /// {@return the rows from the second on}
    Sample body() {
        return new Sample(separator, rows.subList(1, rows.size()), lines.subList(1, lines.size()));
    }

    /// {@return what stands at `position` in the rows that are as wide as the first, and not blank}
    List<String> column(int position, int width) {
        return rows.stream()
                .filter(row -> row.size() == width)
                .map(row -> row.get(position))
                .filter(cell -> !cell.isEmpty())
                .toList();
    }
}
