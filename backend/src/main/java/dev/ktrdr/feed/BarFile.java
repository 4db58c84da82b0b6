package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;

/// A file that holds the bars, or the trades, of one symbol.
///
/// Opening it finds out how it is made; reading it goes through it once, in the same memory for
/// any size. It may be read again. For one thread.
public final class BarFile {

    private final Content content;
    private final BarRules rules;
    private final ReadOptions options;
    private final ParquetRows parquet;
    private final Optional<Found> found;

    private BarFile(
            Content content,
            BarRules rules,
            ReadOptions options,
            ParquetRows parquet,
            Optional<Found> found) {
        this.content = content;
        this.rules = rules;
        this.options = options;
        this.parquet = parquet;
        this.found = found;
    }

    /// {@return the file at `path`, ready to be read}
    ///
    /// @param path of the file
    /// @param rules that its bars have to keep
    /// @param options what the file does not say itself
    /// @param parquet reads Parquet
    /// @throws StoreException of kind INVALID if it cannot be told how the file is made, with a
    ///     message that says what to do; NOT_FOUND if there is no such file; UNAVAILABLE if it
    ///     cannot be read
    public static BarFile open(
            Path path, BarRules rules, ReadOptions options, ParquetRows parquet) {
        try {
            Content content = Content.of(path);
            return new BarFile(content, rules, options, parquet, find(content, rules, options));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// {@return how a file of text is made, empty for Parquet}
    private static Optional<Found> find(Content content, BarRules rules, ReadOptions options)
            throws IOException {
        String head = content.head();
        String start = head.stripLeading();
        Format format = options.format().orElse(Format.CSV);
        if (format == Format.PARQUET || head.startsWith("PAR1")) {
            return Optional.empty();
        }
        if (head.startsWith("ARROW1") || head.indexOf('\0') >= 0) {
            throw invalid(
                    "the file is no text; what can be read is CSV, JSON and Parquet, also packed"
                            + " as gzip or zip, and UTF-16 only with a byte order mark");
        }
        if (format == Format.FREQTRADE_JSON || start.startsWith("[")) {
            return Optional.of(JsonRows.detect(content, rules, options));
        }
        if (start.startsWith("{")) {
            throw invalid(
                    "the file is a JSON object; what can be read is a list of lists"
                            + " [time, open, high, low, close, volume]");
        }
        return Optional.of(CsvDetection.of(content, rules, options));
    }

    /// {@return how the file is made}
    public Detected detected() {
        return found.map(Found::detected)
                .orElseGet(
                        () ->
                                new Detected(
                                        Format.PARQUET,
                                        "",
                                        "",
                                        true,
                                        "",
                                        ".",
                                        Map.of(),
                                        List.of(),
                                        "as typed in the file",
                                        "UTC",
                                        List.of()));
    }

    /// Hands over every row, in the order of the file.
    ///
    /// @param sink takes the bars and what is none
    /// @param bytesRead is told how many bytes of the file, as it lies there, have been read; what
    ///     it throws ends the reading
    /// @return how much there was
    /// @throws StoreException of kind INVALID if the file turns out to be damaged, UNAVAILABLE if
    ///     it cannot be read; the sink has rows by then that must not be kept
    public ReadCount read(RowSink sink, LongConsumer bytesRead) {
        Tally tally = new Tally(sink);
        try {
            long rows =
                    found.isPresent()
                            ? readText(found.get(), tally, bytesRead)
                            : readParquet(tally);
            return tally.count(rows);
        } catch (IOException e) {
            throw unreadable(content.file(), e);
        }
    }

    private long readText(Found text, RowSink sink, LongConsumer bytesRead) throws IOException {
        Layout layout = text.layout();
        TickBars bars = new TickBars(rules.timeframe(), sink);
        Intake intake =
                new Intake(rules, layout.ticks(), text.zone(), layout.ticks() ? bars : sink);
        RowReader reader = new RowReader(layout, options.missingVolume(), intake);
        try (InputStream stream = content.open(bytesRead)) {
            if (text.detected().format() == Format.FREQTRADE_JSON) {
                JsonRows.read(stream, content.charset(), reader);
            } else {
                CsvRows.read(stream, content.charset(), layout, reader);
            }
        }
        intake.end();
        bars.end();
        return intake.rowCount();
    }

    private long readParquet(Tally tally) {
        parquet.read(content.file(), new Checked(rules, tally));
        return tally.rowCount();
    }

    private static StoreException unreadable(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new StoreException(Kind.NOT_FOUND, "there is no file " + path, e);
        }
        if (e instanceof ZipException || e instanceof EOFException) {
            String message = "the file is damaged or cut off: " + e.getMessage();
            return new StoreException(Kind.INVALID, message, e);
        }
        return new StoreException(Kind.UNAVAILABLE, "cannot read " + path + ": " + e, e);
    }

    private static StoreException invalid(String message) {
        return new StoreException(Kind.INVALID, message);
    }
}
