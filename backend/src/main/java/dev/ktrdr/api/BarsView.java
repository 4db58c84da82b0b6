package dev.ktrdr.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.ktrdr.market.Bars;
import dev.ktrdr.store.SeriesName;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Bars on the wire: `dates` and `ohlcv` in parallel, as clients of the original expect them.
///
/// @param name the series
/// @param bars its bars
@JsonSerialize(using = BarsView.Writer.class)
record BarsView(SeriesName name, Bars bars) {

    /// Writes the columns without a list of boxed numbers in between.
    static final class Writer extends JsonSerializer<BarsView> {

        @Override
        public void serialize(BarsView view, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            Bars bars = view.bars();
            json.writeStartObject();
            json.writeStringField("symbol", view.name().symbol());
            json.writeStringField("timeframe", view.name().timeframe().id());
            json.writeArrayFieldStart("dates");
            for (int i = 0; i < bars.count(); i++) {
                json.writeString(stamp(bars.time(i)));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("ohlcv");
            for (int i = 0; i < bars.count(); i++) {
                json.writeStartArray();
                json.writeNumber(bars.open().at(i));
                json.writeNumber(bars.high().at(i));
                json.writeNumber(bars.low().at(i));
                json.writeNumber(bars.close().at(i));
                number(json, bars.volume().at(i));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("metadata");
            json.writeStringField("symbol", view.name().symbol());
            json.writeStringField("timeframe", view.name().timeframe().id());
            instant(json, "start", bars, 0);
            instant(json, "end", bars, bars.count() - 1);
            json.writeNumberField("points", bars.count());
            json.writeEndObject();
            json.writeEndObject();
        }

        private static void instant(JsonGenerator json, String name, Bars bars, int index)
                throws IOException {
            if (bars.count() == 0) {
                json.writeNullField(name);
            } else {
                json.writeStringField(name, stamp(bars.time(index)));
            }
        }

        private static void number(JsonGenerator json, double value) throws IOException {
            if (Double.isNaN(value)) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }

        private static String stamp(long micros) {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        }
    }
}
