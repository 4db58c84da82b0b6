package dev.ktrdr.store;

import dev.ktrdr.market.Bars;
import dev.ktrdr.series.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Reads bars from CSV with the header `time` or `date`, `open`, `high`, `low`, `close` and
/// optionally `volume`; other columns are left out.
///
/// A time is a date (`2020-04-17`, midnight UTC) or an instant with its zone. Rows that are no bar
/// are refused with line number and reason, never repaired.
public final class CsvReader {

    private static final int REFUSED_MAX = 100;
    private static final int TEXT_CHARS_MAX = 200;

    /// A row that was not taken.
    ///
    /// @param line number in the file, the header is 1
    /// @param text the row as it stands there, cut at 200 characters
    /// @param reason why
    public record Refused(int line, String text, String reason) {}

    /// What a file held.
    ///
    /// @param bars the rows that were taken, in order of time
    /// @param rowCount rows without the header
    /// @param refusedCount rows that were not taken
    /// @param refused the first hundred of them
    public record Result(Bars bars, int rowCount, int refusedCount, List<Refused> refused) {
        public Result {
            refused = List.copyOf(refused);
        }
    }

    private record Row(
            long time, double open, double high, double low, double close, double volume) {}

    private final int[] columns;
    private final List<Row> rows = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int refusedCount;

    private CsvReader(int[] columns) {
        this.columns = columns;
    }

    /// {@return the bars in `csv`}
    ///
    /// @throws StoreException of kind INVALID if there is no header with the columns of a bar
    /// @throws IOException if the text cannot be read to its end
    public static Result read(BufferedReader csv) throws IOException {
        String header = csv.readLine();
        if (header == null) {
            throw new StoreException(StoreException.Kind.INVALID, "the file is empty");
        }
        CsvReader reader = new CsvReader(columns(header));
        int line = 1;
        for (String text = csv.readLine(); text != null; text = csv.readLine()) {
            line++;
            if (!text.isBlank()) {
                reader.take(line, text);
            }
        }
        return reader.result();
    }

    private static int[] columns(String header) {
        List<String> names =
                Arrays.stream(header.replace("\uFEFF", "").split(",", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        int time = Math.max(names.indexOf("time"), names.indexOf("date"));
        int[] columns = {
            time,
            names.indexOf("open"),
            names.indexOf("high"),
            names.indexOf("low"),
            names.indexOf("close"),
            names.indexOf("volume")
        };
        if (Arrays.stream(columns).limit(5).anyMatch(column -> column < 0)) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "line 1 must name the columns time (or date), open, high, low, close and"
                            + " optionally volume, separated by commas; it reads: "
                            + cut(header));
        }
        return columns;
    }

    private void take(int line, String text) {
        try {
            Row row = parse(text.split(",", -1));
            Bars.flaw(row.open(), row.high(), row.low(), row.close(), row.volume())
                    .ifPresentOrElse(flaw -> refuse(line, text, flaw), () -> rows.add(row));
        } catch (NumberFormatException e) {
            refuse(line, text, "not a number: " + e.getMessage());
        } catch (DateTimeException | ArithmeticException e) {
            refuse(line, text, "not a date or an instant with zone: " + e.getMessage());
        } catch (ArrayIndexOutOfBoundsException e) {
            refuse(line, text, "too few columns");
        }
    }

    private Row parse(String[] cells) {
        String volume = columns[5] < 0 ? "" : cells[columns[5]].strip();
        return new Row(
                micros(cells[columns[0]].strip()),
                price(cells, 1),
                price(cells, 2),
                price(cells, 3),
                price(cells, 4),
                volume.isEmpty() || volume.equalsIgnoreCase("nan") ? Double.NaN : number(volume));
    }

    private double price(String[] cells, int column) {
        return number(cells[columns[column]].strip());
    }

    /// Java takes more for a number than others do: `5d`, `0x1p3`, `NaN`.
    private static double number(String text) {
        if (text.chars().anyMatch(c -> c > '9' && c != 'e' && c != 'E')) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }

    private static long micros(String time) {
        Instant instant =
                time.length() == 10
                        ? LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(time);
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private void refuse(int line, String text, String reason) {
        refusedCount++;
        if (refused.size() < REFUSED_MAX) {
            refused.add(new Refused(line, cut(text), reason));
        }
    }

    private Result result() {
        int rowCount = rows.size() + refusedCount;
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).time() <= rows.get(i - 1).time()) {
                throw new StoreException(
                        StoreException.Kind.INVALID,
                        "times must rise from row to row; they do not after "
                                + Instant.EPOCH.plus(rows.get(i - 1).time(), ChronoUnit.MICROS));
            }
        }
        Bars bars =
                Bars.of(
                        rows.stream().mapToLong(Row::time).toArray(),
                        column(Row::open),
                        column(Row::high),
                        column(Row::low),
                        column(Row::close),
                        column(Row::volume));
        return new Result(bars, rowCount, refusedCount, refused);
    }

    private Series column(ToDoubleFunction<Row> cell) {
        return Series.of(rows.stream().mapToDouble(cell).toArray());
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
    }
}
