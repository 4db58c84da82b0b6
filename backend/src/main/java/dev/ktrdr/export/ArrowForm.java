package dev.ktrdr.export;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ktrdr.market.Bars;
import dev.ktrdr.series.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/// Bars as an Arrow IPC stream: what pandas, Polars, DuckDB and Spark read without parsing.
///
///     time       timestamp[us, UTC]     open, high, low, close   double
///     volume     double, may be null    synthetic                bool, only if such a bar is there
///
/// A stream is a message with the schema, one for each batch of rows, and an end mark; a message
/// is a head in FlatBuffers and a body with the columns, each padded to 64 bytes.
/// Source: Apache Arrow, "Columnar Format", version 1.5, sections "Encapsulated message format" and
/// "IPC Streaming Format". Written by hand because the Arrow library wants memory outside of the
/// heap and an opened `java.nio`, for a table whose columns never change.
public final class ArrowForm {

    private static final int BATCH_ROWS = 1 << 16;
    private static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 64;
    private static final String[] COLUMNS = {
        "time", "open", "high", "low", "close", "volume", "synthetic"
    };
    private static final int VOLUME = 5;
    private static final int SYNTHETIC = 6;

    private final OutputStream out;
    private final boolean marked;
    private final ByteBuffer body;
    private final double[] numbers = new double[BATCH_ROWS];

    /// Of the batch that is being written: start and length of each buffer, nulls of each column.
    private final List<long[]> buffers = new ArrayList<>();

    private final List<Integer> nulls = new ArrayList<>();

    private ArrowForm(OutputStream out, boolean marked) {
        this.out = out;
        this.marked = marked;
        int columns = marked ? SYNTHETIC : VOLUME + 1;
        // Eight bytes a value, and a bit for each volume and each mark.
        int bytes = columns * BATCH_ROWS * Double.BYTES + 2 * BATCH_ROWS / Byte.SIZE;
        this.body = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Writes `extract` to `out`.
    public static void write(Extract extract, OutputStream out) throws IOException {
        ArrowForm form = new ArrowForm(out, extract.hasSynthetic());
        form.schema();
        for (Bars part : extract.parts()) {
            for (int row = 0; row < part.count(); row += BATCH_ROWS) {
                int rows = Math.min(BATCH_ROWS, part.count() - row);
                int first = extract.newestFirst() ? part.count() - row - rows : row;
                form.batch(part.slice(first, first + rows), extract);
            }
        }
        form.word(CONTINUATION);
        form.word(0);
    }

    private void schema() throws IOException {
        FlatBufferBuilder head = new FlatBufferBuilder();
        int[] fields = new int[marked ? COLUMNS.length : SYNTHETIC];
        for (int i = 0; i < fields.length; i++) {
            int name = head.createString(COLUMNS[i]);
            int children = Field.createChildrenVector(head, new int[0]);
            int type = type(head, i);
            byte kind = i == 0 ? Type.Timestamp : i == SYNTHETIC ? Type.Bool : Type.FloatingPoint;
            fields[i] = Field.createField(head, name, i == VOLUME, kind, type, 0, children, 0);
        }
        int columns = Schema.createFieldsVector(head, fields);
        int schema = Schema.createSchema(head, Endianness.Little, columns, 0, 0);
        message(head, MessageHeader.Schema, schema, 0);
    }

    private static int type(FlatBufferBuilder head, int column) {
        return switch (column) {
            case 0 ->
                    Timestamp.createTimestamp(head, TimeUnit.MICROSECOND, head.createString("UTC"));
            case SYNTHETIC -> {
                Bool.startBool(head);
                yield Bool.endBool(head);
            }
            default -> FloatingPoint.createFloatingPoint(head, Precision.DOUBLE);
        };
    }

    private void batch(Bars bars, Extract extract) throws IOException {
        body.clear();
        buffers.clear();
        nulls.clear();
        int rows = bars.count();
        whole();
        for (int row = 0; row < rows; row++) {
            body.putLong(bars.time(extract.index(bars, row)));
        }
        end();
        for (Series price : List.of(bars.open(), bars.high(), bars.low(), bars.close())) {
            whole();
            doubles(price, extract.newestFirst());
        }
        volume(bars, extract);
        if (marked) {
            whole();
            bits(rows, row -> bars.isSynthetic(extract.index(bars, row)));
        }
        send(rows);
    }

    private void volume(Bars bars, Extract extract) {
        Series volume = bars.volume();
        int missing = 0;
        for (int i = 0; i < volume.length(); i++) {
            missing += Double.isNaN(volume.at(i)) ? 1 : 0;
        }
        nulls.add(missing);
        begin();
        if (missing > 0) {
            bits(bars.count(), row -> !Double.isNaN(volume.at(extract.index(bars, row))));
        } else {
            end();
        }
        begin();
        doubles(volume, extract.newestFirst());
    }

    /// Begins a column without nulls: it has no bitmap of what is there.
    private void whole() {
        nulls.add(0);
        begin();
        end();
        begin();
    }

    private void begin() {
        buffers.add(new long[] {body.position(), 0});
    }

    private void end() {
        long[] buffer = buffers.getLast();
        buffer[1] = body.position() - buffer[0];
        while (body.position() % ALIGNMENT != 0) {
            body.put((byte) 0);
        }
    }

    private void doubles(Series series, boolean backwards) {
        int rows = series.length();
        series.copyTo(numbers, 0);
        for (int i = 0, j = rows - 1; backwards && i < j; i++, j--) {
            double kept = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = kept;
        }
        body.asDoubleBuffer().put(numbers, 0, rows);
        body.position(body.position() + rows * Double.BYTES);
        end();
    }

    private interface Flag {
        boolean at(int row);
    }

    private void bits(int rows, Flag flag) {
        for (int start = 0; start < rows; start += Byte.SIZE) {
            int bits = 0;
            for (int bit = 0; bit < Byte.SIZE && start + bit < rows; bit++) {
                bits |= flag.at(start + bit) ? 1 << bit : 0;
            }
            body.put((byte) bits);
        }
        end();
    }

    private void send(int rows) throws IOException {
        FlatBufferBuilder head = new FlatBufferBuilder();
        RecordBatch.startBuffersVector(head, buffers.size());
        for (long[] buffer : buffers.reversed()) {
            Buffer.createBuffer(head, buffer[0], buffer[1]);
        }
        int places = head.endVector();
        RecordBatch.startNodesVector(head, nulls.size());
        for (int missing : nulls.reversed()) {
            FieldNode.createFieldNode(head, rows, missing);
        }
        int nodes = head.endVector();
        RecordBatch.startRecordBatch(head);
        RecordBatch.addLength(head, rows);
        RecordBatch.addNodes(head, nodes);
        RecordBatch.addBuffers(head, places);
        int batch = RecordBatch.endRecordBatch(head);
        message(head, MessageHeader.RecordBatch, batch, body.position());
        out.write(body.array(), 0, body.position());
    }

    /// Writes the head of a message, padded so that its body begins at a multiple of eight.
    private void message(FlatBufferBuilder head, byte kind, int content, long bodyBytes)
            throws IOException {
        head.finish(Message.createMessage(head, MetadataVersion.V5, kind, content, bodyBytes, 0));
        byte[] bytes = head.sizedByteArray();
        int padding = -bytes.length & 7;
        word(CONTINUATION);
        word(bytes.length + padding);
        out.write(bytes);
        out.write(new byte[padding]);
    }

    private void word(int value) throws IOException {
        out.write(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }
}
