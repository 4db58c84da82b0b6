package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.client.Address;
import picocli.CommandLine.Parameters;

/// The first two words after a verb: which series it is about.
final class Series {

    @Parameters(index = "0", paramLabel = "SYMBOL", description = "Such as SPX or BTC/USDT.")
    private String symbol = "";

    @Parameters(index = "1", paramLabel = "TIMEFRAME", description = "Such as 1d or 5m.")
    private String timeframe = "";

    String symbol() {
        return symbol;
    }

    /// {@return where the service has it}
    String path() {
        return "/api/v1/data/" + Address.segment(symbol) + "/" + Address.segment(timeframe);
    }

    /// {@return the beginning of a body about it}
    ObjectNode body() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("symbol", symbol)
                .put("timeframe", timeframe);
    }

    /// {@return a name for a file of its bars, without a slash}
    String fileName(String extension) {
        return Address.segment(symbol) + "_" + Address.segment(timeframe) + "." + extension;
    }

    /// {@return how people call it}
    @Override
    public String toString() {
        return Table.visible(symbol + " " + timeframe);
    }
}
