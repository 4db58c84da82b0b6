package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.client.Address;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The verbs about market data.
@Command(
        name = "data",
        description = "Import, look at and export market data.",
        subcommands = {
            Import.class,
            Data.List.class,
            Data.Show.class,
            Data.Quality.class,
            Derivation.Resample.class,
            Derivation.Fill.class,
            Derivation.Download.class,
            Export.class,
            Delete.class
        })
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
                        StreamSupport.stream(
                                        symbol.path("available_timeframes").spliterator(), false)
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

        @Mixin private Series series = new Series();

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
            String query =
                    Address.query(
                            "start",
                            start,
                            "end",
                            end,
                            "limit",
                            limit == 0 ? "" : Integer.toString(limit));
            JsonNode data = session.service().get(series.path() + query);
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
                        Facts.text(bar.path(0)),
                        Facts.text(bar.path(1)),
                        Facts.text(bar.path(2)),
                        Facts.text(bar.path(3)),
                        Facts.text(bar.path(4)));
            }
            return table.text(width);
        }
    }

    /// Shows how good the bars of one series are.
    @Command(
            name = "quality",
            description = {
                "Show how far a series can be trusted: what its calendar expects and what"
                        + " is there,",
                "gaps and closed days by name, bars out of session, odd returns, stale runs."
            })
    static final class Quality implements Verb {

        @Mixin private Series series = new Series();

        @Override
        public Reply run(Session session) {
            JsonNode data = session.service().get(series.path() + "/quality");
            return Reply.of(data, () -> series + "\n\n" + Page.of(data, session.width()));
        }
    }
}
