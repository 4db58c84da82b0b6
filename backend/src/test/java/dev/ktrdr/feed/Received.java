package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps what comes out of a file.
final class Received implements RowSink {

    record Row(
            long line,
            String time,
            double open,
            double high,
            double low,
            double close,
            double volume) {}

    record Refused(long line, String text, String reason) {}

    final List<Row> rows = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    private Detected detected = noDetected();
    private ReadCount count = new ReadCount(0, 0, 0);

    private static Detected noDetected() {
        return new Detected(
                Format.CSV, "", "", false, "", "", Map.of(), List.of(), "", "", List.of());
    }

    /// {@return a reader of Parquet for tests that have none}
    static ParquetRows noParquet() {
        return (file, _) -> {
            throw new AssertionError(file + " is no Parquet");
        };
    }

    /// {@return what comes out of `file`}
    ///
    /// @param options words as in [ReadOptions#parse], each followed by its value
    static Received of(Path file, Timeframe timeframe, String... options) {
        return of(file, BarRules.of(timeframe), options);
    }

    static Received of(Path file, BarRules rules, String... options) {
        BarFile open = BarFile.open(file, rules, options(options), noParquet());
        Received received = new Received();
        received.detected = open.detected();
        received.count = open.read(received, _ -> {});
        return received;
    }

    /// {@return what comes out of a file with this text}
    static Received of(String text, Timeframe timeframe, String... options) {
        return of(text.getBytes(StandardCharsets.UTF_8), timeframe, options);
    }

    /// {@return what comes out of a file with these bytes}
    static Received of(byte[] bytes, Timeframe timeframe, String... options) {
        try {
            Path file = Files.createTempFile("bars", ".csv");
            try {
                Files.write(file, bytes);
                return of(file, timeframe, options);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReadOptions options(String... words) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
        return ReadOptions.parse(map);
    }

    Detected detected() {
        return detected;
    }

    ReadCount count() {
        return count;
    }

    /// {@return the times of the bars as RFC 3339}
    List<String> times() {
        return rows.stream().map(Row::time).toList();
    }

    /// {@return why the only row was refused}
    String reason() {
        if (refused.size() != 1 || !rows.isEmpty()) {
            throw new AssertionError("taken " + rows + ", refused " + refused);
        }
        return refused.getFirst().reason();
    }

    @Override
    public void row(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        String instant = Timeframe.instant(time).toString();
        rows.add(new Row(line, instant, open, high, low, close, volume));
    }

    @Override
    public void refused(long line, String text, String reason) {
        refused.add(new Refused(line, text, reason));
    }
}
