package dev.ktrdr.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The two forms that are text.
class FormTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(Extract extract) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonForm.write(extract, bytes);
        return JSON.readTree(bytes.toByteArray());
    }

    private static String csv(Extract extract) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CsvForm.write(extract, bytes);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private static Bars threeDays() {
        BarBuffer bars = new BarBuffer(BarRules.of(Timeframe.D1));
        bars.add(1_577_923_200_000_000L, 1, 2, 0.5, 1.5, 10);
        bars.add(1_578_009_600_000_000L, 1.5, 1.75, 1.25, 1.5, Double.NaN);
        bars.add(1_578_096_000_000_000L, 1.5, 1.5, 1.5, 1.5, 0);
        bars.markSynthetic();
        return bars.bars();
    }

    @Test
    void csvIsTheDocumentedText() throws IOException {
        assertThat(csv(Extracts.of(threeDays().slice(0, 2))))
                .isEqualTo(
                        """
                        time,open,high,low,close,volume
                        2020-01-02T00:00:00Z,1.0,2.0,0.5,1.5,10.0
                        2020-01-03T00:00:00Z,1.5,1.75,1.25,1.5,
                        """);
    }

    @Test
    void barThatWasFilledInIsMarkedInCsv() throws IOException {
        assertThat(csv(Extracts.newestFirst(threeDays())))
                .isEqualTo(
                        """
                        time,open,high,low,close,volume,synthetic
                        2020-01-04T00:00:00Z,1.5,1.5,1.5,1.5,0.0,1
                        2020-01-03T00:00:00Z,1.5,1.75,1.25,1.5,,0
                        2020-01-02T00:00:00Z,1.0,2.0,0.5,1.5,10.0,0
                        """);
    }

    @Test
    void jsonIsTheDocumentedText() throws IOException {
        Extract extract = new Extract("A\"\\", "1d", List.of(threeDays()), false, "a5");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonForm.write(extract, bytes);
        assertThat(bytes.toString(StandardCharsets.US_ASCII))
                .isEqualTo(
                        """
                        {"success":true,"data":{"symbol":"A\\"\\\\","timeframe":"1d",\
                        "dates":["2020-01-02T00:00:00Z","2020-01-03T00:00:00Z",\
                        "2020-01-04T00:00:00Z"],\
                        "ohlcv":[[1.0,2.0,0.5,1.5,10.0],[1.5,1.75,1.25,1.5,null],\
                        [1.5,1.5,1.5,1.5,0.0]],\
                        "metadata":{"symbol":"A\\"\\\\","timeframe":"1d",\
                        "start":"2020-01-02T00:00:00Z","end":"2020-01-04T00:00:00Z","points":3,\
                        "next_cursor":"a5","synthetic":[2]}},"error":null}""");
    }

    @Test
    void jsonOfNoBarsIsStillWhole() throws IOException {
        JsonNode data = json(Extracts.of()).get("data");
        assertThat(data.get("dates")).isEmpty();
        assertThat(data.get("ohlcv")).isEmpty();
        assertThat(data.get("metadata").get("start").isNull()).isTrue();
        assertThat(data.get("metadata").get("points").asInt()).isZero();
    }

    @Test
    void partsFollowEachOtherAsOneSeries() throws IOException {
        Bars bars = Extracts.bars(1000);
        JsonNode whole = json(Extracts.of(bars));
        assertThat(json(Extracts.of(bars.slice(0, 0), bars.slice(0, 300), bars.slice(300, 1000))))
                .isEqualTo(whole);
        assertThat(whole.get("data").get("ohlcv")).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            JsonNode row = whole.get("data").get("ohlcv").get(i);
            assertThat(row.get(3).asDouble()).isEqualTo(bars.close().at(i));
            assertThat(row.get(4).isNull()).isEqualTo(Double.isNaN(bars.volume().at(i)));
        }
    }

    @Test
    void newestFirstIsTheSameBackwards() throws IOException {
        Bars bars = Extracts.bars(100);
        List<JsonNode> forwards = new ArrayList<>();
        json(Extracts.of(bars)).get("data").get("ohlcv").forEach(forwards::add);
        List<JsonNode> backwards = new ArrayList<>();
        json(Extracts.newestFirst(bars.slice(60, 100), bars.slice(0, 60)))
                .get("data")
                .get("ohlcv")
                .forEach(backwards::add);
        assertThat(backwards).isEqualTo(forwards.reversed());
    }

    @Test
    void metadataOfALoadCanBeLeftOut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonForm.writeLoaded(Extracts.of(threeDays()), false, bytes);
        JsonNode data = JSON.readTree(bytes.toByteArray()).get("data");
        assertThat(data.get("points").isNull()).isTrue();
        assertThat(data.get("metadata").isNull()).isTrue();
    }

    /// An import may come between the two walks over the parts.
    @Test
    void seriesThatChangesOnTheWayDoesNotBecomeAnAnswer() {
        Iterator<Integer> lengths = List.of(3, 2).iterator();
        Iterable<Bars> changing = () -> List.of(threeDays().slice(0, lengths.next())).iterator();
        Extract extract = new Extract("A", "1d", changing, false, "");
        assertThatThrownBy(() -> JsonForm.write(extract, OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while it was read");
    }
}
