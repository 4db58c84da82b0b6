package dev.ktrdr.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Read back with the library of the Arrow project.
class ArrowFormTest {

    private static byte[] stream(Extract extract) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArrowForm.write(extract, bytes);
        return bytes.toByteArray();
    }

    private static Bars read(byte[] stream) throws IOException {
        BarBuffer bars = new BarBuffer(BarRules.of(Timeframe.M1));
        try (BufferAllocator memory = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    Float8Vector volume = (Float8Vector) root.getVector("volume");
                    bars.add(
                            ((TimeStampMicroTZVector) root.getVector("time")).get(row),
                            number(root, "open", row),
                            number(root, "high", row),
                            number(root, "low", row),
                            number(root, "close", row),
                            volume.isNull(row) ? Double.NaN : volume.get(row));
                    if (root.getVector("synthetic") instanceof BitVector marks
                            && marks.get(row) == 1) {
                        bars.markSynthetic();
                    }
                }
            }
        }
        return bars.bars();
    }

    private static double number(VectorSchemaRoot root, String column, int row) {
        return ((Float8Vector) root.getVector(column)).get(row);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 200_000})
    void everyBarComesBackAsItWas(int count) throws IOException {
        Bars bars = Extracts.bars(count);
        assertThat(read(stream(Extracts.of(bars)))).isEqualTo(bars);
    }

    @Test
    void partsFollowEachOther() throws IOException {
        Bars bars = Extracts.bars(100_000);
        byte[] stream =
                stream(Extracts.of(bars.slice(0, 10), bars.slice(10, 10), bars.slice(10, 100_000)));
        assertThat(read(stream)).isEqualTo(bars);
    }

    @Test
    void newestFirstIsTheSameBackwards() throws IOException {
        Bars bars = Extracts.bars(100_000);
        byte[] stream = stream(Extracts.newestFirst(bars));
        try (BufferAllocator memory = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            int index = bars.count();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    index--;
                    assertThat(((TimeStampMicroTZVector) root.getVector("time")).get(row))
                            .isEqualTo(bars.time(index));
                    assertThat(number(root, "close", row)).isEqualTo(bars.close().at(index));
                    assertThat(root.getVector("volume").isNull(row))
                            .isEqualTo(Double.isNaN(bars.volume().at(index)));
                }
            }
            assertThat(index).isZero();
        }
    }

    @Test
    void barsThatWereFilledInAreMarked() throws IOException {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1));
        for (int i = 0; i < 20; i++) {
            buffer.add(i * Timeframe.M1.micros(), 1, 1, 1, 1, 0);
            if (i % 5 == 3) {
                buffer.markSynthetic();
            }
        }
        Bars bars = buffer.bars();
        assertThat(read(stream(Extracts.of(bars)))).isEqualTo(bars);
    }

    @Test
    void timesAreMicrosecondsInUtcAndOnlyTheVolumeMayBeNull() throws IOException {
        try (BufferAllocator memory = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(stream(Extracts.of())), memory)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().toString())
                    .isEqualTo(
                            "Schema<time: Timestamp(MICROSECOND, UTC) not null,"
                                    + " open: FloatingPoint(DOUBLE) not null,"
                                    + " high: FloatingPoint(DOUBLE) not null,"
                                    + " low: FloatingPoint(DOUBLE) not null,"
                                    + " close: FloatingPoint(DOUBLE) not null,"
                                    + " volume: FloatingPoint(DOUBLE)>");
        }
    }
}
