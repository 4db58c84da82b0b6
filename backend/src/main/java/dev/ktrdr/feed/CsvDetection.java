package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.store.StoreException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out how a file of separated columns is made, from its first rows.
final class CsvDetection {

    private static final int BINANCE_CELLS = 12;

    private final Content content;
    private final BarRules rules;
    private final ReadOptions options;
    private final Sample sample;
    private final boolean header;
    private final Map<Column, Integer> positions;
    private final Sample body;
    private final int width;
    private final List<String> notes = new ArrayList<>();

    private CsvDetection(Content content, BarRules rules, ReadOptions options) {
        this.content = content;
        this.rules = rules;
        this.options = options;
        String separator = options.separator().map(String::valueOf).orElse("");
        this.sample = Sample.of(content.head(), content.whole(), separator);
        if (sample.rows().isEmpty()) {
            throw invalid("the file is empty");
        }
        this.header =
                sample.rows().getFirst().stream()
                        .allMatch(cell -> Double.isNaN(Numeral.parse(cell.replace(',', '.'))));
        this.positions = Naming.of(sample, header, options);
        this.body = header ? sample.body() : sample;
        this.width = sample.rows().getFirst().size();
    }

    /// {@return how `content` is made}
    ///
    /// @throws StoreException of kind INVALID if that cannot be told; the message says what to do
    static Found of(Content content, BarRules rules, ReadOptions options) {
        return new CsvDetection(content, rules, options).found();
    }

    private Found found() {
        checkWidth();
        List<String> stamps = stamps();
        // A header alone has no stamps; any form reads none of them.
        StampForm form =
                stamps.isEmpty()
                        ? new StampForm.Calendar(ReadOptions.DateOrder.YMD)
                        : StampForm.of(stamps, options);
        Layout layout = new Layout(positions, width, sample.separator(), decimal(), header, form);
        if (!header) {
            checkOrder(layout);
        }
        Zone zone = Zone.of(form, stamps, zoneInName(), layout.ticks(), rules, options);
        return new Found(layout, zone.id(), detected(layout, zone));
    }

    private void checkWidth() {
        long others = body.rows().stream().filter(row -> row.size() != width).count();
        if (2 * others > body.rows().size()) {
            List<String> first = body.rows().getFirst();
            throw invalid(
                    "line %d has %d cells and line %d has %d; if the cells are not separated by"
                                    .formatted(
                                            sample.lines().getFirst(),
                                            width,
                                            body.lines().getFirst(),
                                            first.size())
                            + " '%s', add --separator".formatted(word(sample.separator())));
        }
    }

    private List<String> stamps() {
        int time = positions.getOrDefault(Column.TIME, -1);
        if (!positions.containsKey(Column.DATE)) {
            return body.column(time, width);
        }
        int date = positions.getOrDefault(Column.DATE, -1);
        return body.rows().stream()
                .filter(row -> row.size() == width)
                .map(row -> row.get(date) + " " + row.get(time))
                .toList();
    }

    /// A comma is the decimal mark where it separates nothing, and no number has a point.
    private char decimal() {
        if (sample.separator() == ',') {
            return '.';
        }
        List<String> numbers =
                positions.entrySet().stream()
                        .filter(e -> e.getKey() != Column.TIME && e.getKey() != Column.DATE)
                        .flatMap(e -> body.column(e.getValue(), width).stream())
                        .toList();
        boolean comma = numbers.stream().anyMatch(cell -> cell.matches("-?\\d+,\\d+"));
        boolean point = numbers.stream().anyMatch(cell -> cell.contains("."));
        return comma && !point ? ',' : '.';
    }

    /// Columns without names are taken in the usual order only where that makes bars.
    private void checkOrder(Layout layout) {
        Tally tally = new Tally(new NoSink());
        Intake intake = new Intake(rules, true, Optional.of(ZoneOffset.UTC), tally);
        RowReader reader = new RowReader(layout, options.missingVolume(), intake);
        Cells cells = new Cells(sample.separator());
        for (int i = 0; i < sample.rows().size(); i++) {
            cells.begin(sample.lines().get(i));
            for (String cell : sample.rows().get(i)) {
                cells.add(cell.toCharArray(), 0, cell.length(), false);
            }
            reader.take(cells);
        }
        intake.end();
        ReadCount count = tally.count(intake.rowCount());
        if (count.kept() <= count.refused()) {
            throw invalid(
                    "line 1 names no columns, and taken in the order time, open, high, low, close,"
                            + " volume most rows are no bars; say what is what, as in"
                            + " --column time=1 --column open=2");
        }
        notes.add("the file names no columns; they were taken by their position");
    }

    private boolean zoneInName() {
        return header
                && positions.entrySet().stream()
                        .filter(e -> e.getKey() == Column.TIME || e.getKey() == Column.DATE)
                        .map(e -> Column.plain(sample.rows().getFirst().get(e.getValue())))
                        .anyMatch(name -> name.contains("utc") || name.contains("gmt"));
    }

    private Detected detected(Layout layout, Zone zone) {
        List<String> names = header ? sample.rows().getFirst() : List.of();
        boolean binance = !header && width == BINANCE_CELLS;
        return new Detected(
                layout.ticks() ? Format.TICKS : binance ? Format.BINANCE : Format.CSV,
                content.packing(),
                content.charset().name(),
                header,
                word(layout.separator()),
                String.valueOf(layout.decimal()),
                Naming.shown(positions, names),
                Naming.ignored(positions, names, width),
                zone.stamps(),
                zone.title(),
                notes);
    }

    private static String word(char separator) {
        return separator == '\t' ? "tab" : String.valueOf(separator);
    }

    /// Takes rows that only have to be counted.
    private record NoSink() implements RowSink {

        @Override
        public void row(
                long line,
                long time,
                double open,
                double high,
                double low,
                double close,
                double volume) {}

        @Override
        public void refused(long line, String text, String reason) {}
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
