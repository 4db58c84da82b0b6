package dev.ktrdr.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.BarSourceException.Kind;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One answer of a klines server: rows, oldest first, of open time in milliseconds, open, high,
/// low, close, volume, and more that is left out. Prices are text, so that no digit gets lost.
///
///     [[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.114",…],…]
///
/// @param bars the rows that are bars and closed
/// @param firstOpen earliest open of all rows, closed or not, microseconds since the epoch; after
///     every time if there are no rows
/// @param lastOpen latest open of all rows; before every time if there are no rows
/// @param refused a sentence for each row that is no bar
record KlinePage(Bars bars, long firstOpen, long lastOpen, List<String> refused) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int CELLS = 6;

    /// The end of the year 9999; microseconds would lie far behind it.
    private static final long MILLIS_MAX = 253_402_300_799_999L;
    private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?";

    KlinePage {
        refused = List.copyOf(refused);
    }

    /// {@return the page in `body`}
    ///
    /// @param body JSON
    /// @param rules what the rows have to keep
    /// @param time microseconds since the epoch; bars that close after it are left out
    /// @throws BarSourceException if it is not such a page
    static KlinePage read(byte[] body, BarRules rules, long time) throws BarSourceException {
        try (JsonParser json = JSON.createParser(body)) {
            expect(json, json.nextToken(), JsonToken.START_ARRAY);
            KlinePage page = rows(json, rules, time);
            if (json.nextToken() != null) {
                throw new BarSourceException(Kind.INVALID, "the answer goes on after its end");
            }
            return page;
        } catch (JsonProcessingException e) {
            throw new BarSourceException(
                    Kind.INVALID, "the answer is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BarSourceException(Kind.INVALID, "the answer cannot be read", e);
        }
    }

    private static KlinePage rows(JsonParser json, BarRules rules, long time)
            throws IOException, BarSourceException {
        BarBuffer kept = new BarBuffer(rules);
        List<String> refused = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        double[] price = new double[CELLS];
        while (json.nextToken() != JsonToken.END_ARRAY) {
            long open = row(json, price);
            String flaw =
                    rules.flaw(open, price[1], price[2], price[3], price[4], price[5])
                            .orElse(
                                    open <= last
                                            ? "time must be after that of the row before"
                                            : "");
            if (!flaw.isEmpty()) {
                refused.add("%s: %s".formatted(Timeframe.instant(open), flaw));
            } else if (rules.timeframe().close(open) <= time) {
                kept.add(open, price[1], price[2], price[3], price[4], price[5]);
            }
            first = Math.min(first, open);
            last = Math.max(last, open);
        }
        return new KlinePage(kept.bars(), first, last, refused);
    }

    /// {@return the open of the next row in microseconds; its five numbers go into `price`}
    private static long row(JsonParser json, double[] price)
            throws IOException, BarSourceException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        expect(json, json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        long open = micros(json);
        for (int cell = 1; cell < CELLS; cell++) {
            price[cell] = number(json);
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw unexpected(json);
            }
            json.skipChildren();
        }
        return open;
    }

    private static long micros(JsonParser json) throws IOException, BarSourceException {
        long millis = json.getLongValue();
        if (millis < 0 || millis > MILLIS_MAX) {
            throw new BarSourceException(Kind.INVALID, millis + " is no open time in milliseconds");
        }
        return 1000 * millis;
    }

    private static double number(JsonParser json) throws IOException, BarSourceException {
        JsonToken token = json.nextToken();
        boolean scalar = token == JsonToken.VALUE_STRING || (token != null && token.isNumeric());
        if (!scalar || !json.getText().matches(NUMBER)) {
            throw unexpected(json);
        }
        return Double.parseDouble(json.getText());
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken due)
            throws BarSourceException {
        if (found != due) {
            throw unexpected(json);
        }
    }

    private static BarSourceException unexpected(JsonParser json) {
        return new BarSourceException(
                Kind.INVALID,
                "the answer is no list of klines, at character %d"
                        .formatted(json.currentTokenLocation().getByteOffset()));
    }
}
