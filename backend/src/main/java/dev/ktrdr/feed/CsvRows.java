package dev.ktrdr.feed;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/// Cuts lines into cells. FastCSV hands over characters; no text is made of them.
final class CsvRows extends CsvCallbackHandler<Boolean> {

    private final RowReader reader;
    private final Cells cells;
    private boolean header;
    private boolean empty;

    private CsvRows(Layout layout, RowReader reader) {
        this.reader = reader;
        this.cells = new Cells(layout.separator());
        this.header = layout.header();
    }

    /// Hands every row of `stream` to `reader`.
    ///
    /// @throws StoreException of kind INVALID if a cell is so long that this is no table
    static void read(InputStream stream, Charset charset, Layout layout, RowReader reader)
            throws IOException {
        CsvRows rows = new CsvRows(layout, reader);
        try (CsvReader<Boolean> csv =
                CsvReader.builder()
                        .fieldSeparator(layout.separator())
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .allowExtraCharsAfterClosingQuote(true)
                        .maxBufferSize(1 << 20)
                        .build(rows, new InputStreamReader(stream, charset))) {
            csv.forEach(row -> {});
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            // What the reader or the sink throws comes wrapped.
            if (e.getCause() instanceof RuntimeException cause
                    && !(cause instanceof CsvParseException)) {
                throw cause;
            }
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "line %d or one after it has a million characters; is a quote missing?"
                            .formatted(rows.cells.line()),
                    e);
        }
    }

    @Override
    protected void beginRecord(long line) {
        cells.begin(line);
        empty = false;
    }

    @Override
    protected void addField(char[] text, int offset, int size, boolean quoted) {
        cells.add(text, offset, size, quoted);
    }

    @Override
    protected void setComment(char[] text, int offset, int size) {
        throw new IllegalStateException("comments are not switched on");
    }

    @Override
    protected void setEmpty() {
        empty = true;
    }

    @Override
    protected RecordType getRecordType() {
        return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return cells.count();
    }

    @Override
    protected Boolean buildRecord() {
        if (!cells.isBlank()) {
            if (header) {
                header = false;
            } else {
                reader.take(cells);
            }
        }
        return Boolean.TRUE;
    }
}
