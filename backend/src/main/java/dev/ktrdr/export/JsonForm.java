package dev.ktrdr.export;

import dev.ktrdr.market.Bars;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Bars as JSON in the envelope of the API: `dates` and `ohlcv` in parallel, as clients of the
/// original expect them.
///
///     {"symbol":"SPX","timeframe":"1d","dates":["2020-04-17T00:00:00Z"],
///      "ohlcv":[[2842.43,2879.22,2830.88,2874.56,null]],
///      "metadata":{"symbol":"SPX","timeframe":"1d","start":"2020-04-17T00:00:00Z",
///                  "end":"2020-04-17T00:00:00Z","points":1,"next_cursor":null}}
///
/// The metadata name the positions of bars that were filled in on purpose, if there are any.
public final class JsonForm {

    private static final String NULL = "null";

    private final Extract extract;
    private final Ascii json;
    private final List<Integer> synthetic = new ArrayList<>();
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private int count;

    private JsonForm(Extract extract, OutputStream out) {
        this.extract = extract;
        this.json = new Ascii(out);
    }

    /// Writes `extract` to `out`.
    ///
    /// @throws IOException if it cannot be written, or if the series has changed on the way; what
    ///     was written until then is no JSON, so that nobody takes it for an answer
    public static void write(Extract extract, OutputStream out) throws IOException {
        JsonForm form = new JsonForm(extract, out);
        form.open();
        form.rows();
        form.metadata();
        form.json.text("},\"error\":null}").flush();
    }

    /// Writes what POST /data/load of the original answers: `points` is there and null, and the
    /// metadata can be left out.
    ///
    /// @throws IOException as the other
    public static void writeLoaded(Extract extract, boolean metadata, OutputStream out)
            throws IOException {
        JsonForm form = new JsonForm(extract, out);
        form.open();
        form.rows();
        form.json.text("\"points\":null,");
        if (metadata) {
            form.metadata();
        } else {
            form.json.text("\"metadata\":null");
        }
        form.json.text("},\"error\":null}").flush();
    }

    private void open() throws IOException {
        json.text("{\"success\":true,\"data\":{");
        name();
        json.text("\"dates\":[");
        String separator = "\"";
        for (Bars part : extract.parts()) {
            for (int row = 0; row < part.count(); row++) {
                json.text(separator).stamp(part.time(extract.index(part, row)));
                separator = "\",\"";
            }
            count += part.count();
        }
        json.text(count == 0 ? "]," : "\"],");
    }

    private void name() throws IOException {
        String symbol = extract.symbol().replace("\\", "\\\\").replace("\"", "\\\"");
        json.text("\"symbol\":\"").text(symbol).text("\",\"timeframe\":\"");
        json.text(extract.timeframe()).text("\",");
    }

    private void rows() throws IOException {
        json.text("\"ohlcv\":[");
        int written = 0;
        for (Bars part : extract.parts()) {
            for (int row = 0; row < part.count(); row++) {
                int i = extract.index(part, row);
                json.text(written > 0 ? ",[" : "[");
                json.number(part.open().at(i)).text(',').number(part.high().at(i));
                json.text(',').number(part.low().at(i)).text(',').number(part.close().at(i));
                json.text(',');
                double volume = part.volume().at(i);
                if (Double.isNaN(volume)) {
                    json.text(NULL);
                } else {
                    json.number(volume);
                }
                json.text(']');
                if (part.isSynthetic(i)) {
                    synthetic.add(written);
                }
                written++;
            }
            if (part.count() > 0) {
                earliest = Math.min(earliest, part.time(0));
                latest = Math.max(latest, part.time(part.count() - 1));
            }
        }
        if (written != count) {
            throw new IOException("the series changed while it was read; ask again");
        }
        json.text("],");
    }

    private void metadata() throws IOException {
        json.text("\"metadata\":{");
        name();
        json.text("\"start\":");
        stamp(earliest);
        json.text(",\"end\":");
        stamp(latest);
        json.text(",\"points\":").text(Integer.toString(count)).text(",\"next_cursor\":");
        String cursor = extract.nextCursor();
        json.text(cursor.isEmpty() ? NULL : "\"" + cursor + "\"");
        if (!synthetic.isEmpty()) {
            char separator = '[';
            json.text(",\"synthetic\":");
            for (int position : synthetic) {
                json.text(separator).text(Integer.toString(position));
                separator = ',';
            }
            json.text(']');
        }
        json.text('}');
    }

    private void stamp(long time) throws IOException {
        if (count == 0) {
            json.text(NULL);
        } else {
            json.text('"').stamp(time).text('"');
        }
    }
}
