package dev.ktrdr.feed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a list of lists `[time, open, high, low, close, volume]`: what freqtrade keeps, and what
/// the klines of Binance are, which have six more cells and their numbers in quotes. The number of
/// the entry stands for the line, since all of it may be on one.
final class JsonRows {

    private static final int SAMPLE_ROWS = 1000;
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final Map<Column, Integer> POSITIONS =
            Map.of(
                    Column.TIME, 0,
                    Column.OPEN, 1,
                    Column.HIGH, 2,
                    Column.LOW, 3,
                    Column.CLOSE, 4,
                    Column.VOLUME, 5);

    private JsonRows() {}

    /// Takes the cells of one entry; whether more are wanted.
    @FunctionalInterface
    private interface Taker {
        boolean take(Cells cells);
    }

    /// {@return how `content` is made}
    ///
    /// @throws StoreException of kind INVALID if it is no list of lists
    static Found detect(Content content, BarRules rules, ReadOptions options) throws IOException {
        List<String> stamps = new ArrayList<>();
        int[] width = new int[1];
        try (InputStream stream = content.open(_ -> {})) {
            each(
                    stream,
                    content.charset(),
                    cells -> {
                        width[0] = width[0] == 0 ? cells.count() : width[0];
                        stamps.add(cells.count() == 0 ? "" : cells.cell(0));
                        return stamps.size() < SAMPLE_ROWS;
                    });
        }
        if (width[0] != 6 && width[0] != 12 && !stamps.isEmpty()) {
            throw invalid(
                    "an entry must be a list [time, open, high, low, close, volume], the first has"
                            + " %d cells".formatted(width[0]));
        }
        StampForm form =
                stamps.isEmpty()
                        ? new StampForm.Calendar(ReadOptions.DateOrder.YMD)
                        : StampForm.of(stamps, options);
        Zone zone = Zone.of(form, stamps, false, false, rules, options);
        Layout layout = new Layout(POSITIONS, width[0], ',', '.', false, form);
        return new Found(layout, zone.id(), detected(content, width[0], zone));
    }

    private static Detected detected(Content content, int width, Zone zone) {
        return new Detected(
                Format.FREQTRADE_JSON,
                content.packing(),
                content.charset().name(),
                false,
                "",
                ".",
                Naming.shown(POSITIONS, List.of()),
                Naming.ignored(POSITIONS, List.of(), width),
                zone.stamps(),
                zone.title(),
                List.of());
    }

    /// Hands every entry of `stream` to `reader`.
    static void read(InputStream stream, Charset charset, RowReader reader) throws IOException {
        each(
                stream,
                charset,
                cells -> {
                    reader.take(cells);
                    return true;
                });
    }

    private static void each(InputStream stream, Charset charset, Taker taker) throws IOException {
        Cells cells = new Cells(',');
        try (JsonParser json = FACTORY.createParser(new InputStreamReader(stream, charset))) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw invalid("the file must hold one list of lists, it starts with another thing");
            }
            long entry = 0;
            while (next(json) != JsonToken.END_ARRAY) {
                cells.begin(++entry);
                entry(json, cells);
                if (!taker.take(cells)) {
                    return;
                }
            }
        } catch (JacksonException e) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "the file is no JSON behind entry %d: %s"
                            .formatted(cells.line(), e.getOriginalMessage()),
                    e);
        }
    }

    /// Fills `cells` with one entry; what is no list becomes one cell, what is nested one as well.
    private static void entry(JsonParser json, Cells cells) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            add(json, cells);
            return;
        }
        while (next(json) != JsonToken.END_ARRAY) {
            add(json, cells);
        }
    }

    private static JsonToken next(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw new JsonParseException(json, "it ends in the middle of the list");
        }
        return token;
    }

    private static void add(JsonParser json, Cells cells) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isStructStart()) {
            json.skipChildren();
            cells.add(new char[] {'[', '…', ']'}, 0, 3, false);
        } else if (token == JsonToken.VALUE_NULL) {
            cells.add(new char[0], 0, 0, false);
        } else {
            cells.add(
                    json.getTextCharacters(),
                    json.getTextOffset(),
                    json.getTextLength(),
                    token == JsonToken.VALUE_STRING);
        }
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
