package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.cli.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs about market data.
@Command(
        name = "data",
        description = "List, show and import market data.",
        subcommands = {Data.List.class, Data.Show.class, Data.Import.class})
final class Data {

    /// Shows which series there are.
    @Command(name = "list", description = "List the symbols and their timeframes.")
    static final class List implements Verb {

        @Override
        public Reply run(Session session) {
            JsonNode symbols = session.service().get("/api/v1/symbols");
            return Reply.of(symbols, () -> text(symbols, session.width()));
        }

        private static String text(JsonNode symbols, int width) {
            if (symbols.isEmpty()) {
                return "no data yet; bring some with: "
                        + "ktrdr data import FILE --symbol SYMBOL --timeframe TIMEFRAME\n";
            }
            Table table = Table.of("SYMBOL", "TIMEFRAMES");
            for (JsonNode symbol : symbols) {
                String timeframes =
                        StreamSupport.stream(symbol.path("timeframes").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(" "));
                table.row(symbol.path("symbol").asText(), timeframes);
            }
            return table.text(width);
        }
    }

    /// Shows the bars of one series.
    @Command(name = "show", description = "Show the last bars of a series.")
    static final class Show implements Verb {

        @Parameters(index = "0", paramLabel = "SYMBOL", description = "Such as SPX or BTC/USDT.")
        private String symbol = "";

        @Parameters(index = "1", paramLabel = "TIMEFRAME", description = "Such as 1d or 5m.")
        private String timeframe = "";

        @Option(
                names = "--start",
                paramLabel = "TIME",
                description = "First day or instant, UTC: 2024-01-31 or 2024-01-31T14:30:00Z.")
        private String start = "";

        @Option(names = "--end", paramLabel = "TIME", description = "Last day or instant, UTC.")
        private String end = "";

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "Show the last N bars, 0 for all. Default: 10.")
        private int limit = 10;

        @Override
        public Reply run(Session session) {
            if (limit < 0) {
                throw Failure.of(Kind.USAGE, "--limit must be at least 0, was " + limit);
            }
            String path =
                    "/api/v1/data/" + Address.segment(symbol) + "/" + Address.segment(timeframe);
            String query =
                    Address.query(
                            "start",
                            start,
                            "end",
                            end,
                            "limit",
                            limit == 0 ? "" : Integer.toString(limit));
            JsonNode data = session.service().get(path + query);
            JsonNode dates = Service.field(data, "dates");
            JsonNode bars = Service.field(data, "ohlcv");
            if (dates.size() != bars.size()) {
                throw Failure.of(
                        Kind.ANSWER,
                        "the service sent %d dates for %d bars"
                                .formatted(dates.size(), bars.size()));
            }
            return Reply.of(data, () -> text(data, session.width()));
        }

        private static String text(JsonNode data, int width) {
            JsonNode dates = data.path("dates");
            if (dates.isEmpty()) {
                return "no bars there\n";
            }
            Table table = Table.of("TIME", "OPEN", "HIGH", "LOW", "CLOSE", "VOLUME");
            for (int i = 0; i < dates.size(); i++) {
                JsonNode bar = data.path("ohlcv").path(i);
                table.row(
                        dates.path(i).asText(),
                        number(bar.path(0)),
                        number(bar.path(1)),
                        number(bar.path(2)),
                        number(bar.path(3)),
                        number(bar.path(4)));
            }
            return table.text(width);
        }

        /// {@return the digits as they were sent; what is unknown is left empty}
        private static String number(JsonNode node) {
            if (!node.isNumber()) {
                return "";
            }
            BigDecimal number = node.decimalValue();
            return Math.abs(number.scale()) < 30 ? number.toPlainString() : number.toString();
        }
    }

    /// Sends a CSV file to the service, which keeps the good rows and says why it refused others.
    @Command(
            name = "import",
            description = {
                "Import a CSV file with the columns date (or time), open, high, low, close and,"
                        + " if known, volume.",
                "Prints the rows that were read, kept and refused, and why."
            })
    static final class Import implements Verb {

        private static final int REFUSED_SHOWN_MAX = 20;

        @Parameters(paramLabel = "FILE", description = "File to import, - for standard input.")
        private String file = "";

        @Option(
                names = "--symbol",
                required = true,
                paramLabel = "SYMBOL",
                description = "Such as SPX or BTC/USDT.")
        private String symbol = "";

        @Option(
                names = "--timeframe",
                required = true,
                paramLabel = "TIMEFRAME",
                description = "Such as 1d or 5m.")
        private String timeframe = "";

        @Override
        public Reply run(Session session) {
            String path =
                    "/api/v1/data/import" + Address.query("symbol", symbol, "timeframe", timeframe);
            JsonNode data =
                    file.equals("-")
                            ? session.service().post(path, "text/csv", session.here().in(), -1)
                            : send(session, path, session.here().folder().resolve(file));
            JsonNode kept = Service.field(data, "rows_kept");
            return Reply.of(data, () -> text(data, kept, session.width()));
        }

        private static JsonNode send(Session session, String path, Path csv) {
            if (Files.isDirectory(csv)) {
                throw Failure.of(Kind.LOCAL_FILE, "cannot read " + csv + ": it is a folder");
            }
            // Streams such as pipes have a size of 0 and are sent without a length.
            try (InputStream content = Files.newInputStream(csv)) {
                long length = Files.isRegularFile(csv) ? Files.size(csv) : -1;
                return session.service().post(path, "text/csv", content, length);
            } catch (IOException e) {
                throw Failure.local("cannot read", csv, e);
            }
        }

        private static String text(JsonNode data, JsonNode kept, int width) {
            String head =
                    "%s %s: %s rows read, %s kept, %s refused\n"
                            .formatted(
                                    Table.visible(data.path("symbol").asText()),
                                    Table.visible(data.path("timeframe").asText()),
                                    data.path("rows_in").asText("?"),
                                    kept.asText(),
                                    data.path("rows_refused").asText("?"));
            JsonNode refused = data.path("refused");
            if (refused.isEmpty()) {
                return head;
            }
            Table table = Table.of("LINE", "REASON", "TEXT");
            for (int i = 0; i < Math.min(refused.size(), REFUSED_SHOWN_MAX); i++) {
                JsonNode row = refused.path(i);
                table.row(
                        row.path("line").asText(),
                        row.path("reason").asText(),
                        row.path("text").asText());
            }
            long hidden =
                    data.path("rows_refused").asLong()
                            - Math.min(refused.size(), REFUSED_SHOWN_MAX);
            String more =
                    hidden > 0 ? "and %d more; --json tells more of them\n".formatted(hidden) : "";
            return head + "\n" + table.text(width) + more;
        }
    }
}
