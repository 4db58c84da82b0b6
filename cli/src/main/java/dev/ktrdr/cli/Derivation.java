package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs by which the service makes or gets bars by itself.
final class Derivation {

    private Derivation() {}

    /// Asks for the work, stays with it if it is long, and lists what came of it.
    private static Verb.Reply reply(Verb.Session session, String path, ObjectNode body) {
        JsonNode data = session.service().send("POST", path, body);
        JsonNode result = data.has("operation_id") ? Follower.result(session, data, _ -> {}) : data;
        return Verb.Reply.of(result, () -> Page.of(result, session.width()));
    }

    /// Makes a series of longer bars.
    @Command(
            name = "resample",
            description = "Make the bars of a longer timeframe from those of a series.")
    static final class Resample implements Verb {

        @Mixin private Series series = new Series();

        @Parameters(
                index = "2",
                paramLabel = "TARGET",
                description = "The longer timeframe, such as 1w.")
        private String target = "";

        @Override
        public Reply run(Session session) {
            ObjectNode body = series.body().put("target", target).put("store", true);
            return reply(session, "/api/v1/data/resample", body);
        }
    }

    /// Fills short gaps with bars that say that they are not real.
    @Command(
            name = "fill",
            description = {
                "Fill the short gaps of a series with flat bars at the last close.",
                "Such bars are marked as synthetic and are not traded on."
            })
    static final class Fill implements Verb {

        @Mixin private Series series = new Series();

        @Option(
                names = "--max-gap-bars",
                required = true,
                paramLabel = "N",
                description = "Leave gaps of more than N bars as they are.")
        private int gapBarsMax;

        @Override
        public Reply run(Session session) {
            ObjectNode body = series.body().put("max_gap_bars", gapBarsMax);
            return reply(session, "/api/v1/data/fill", body);
        }
    }

    /// Gets new bars from where the service gets its data.
    @Command(
            name = "download",
            description = "Get the bars that are missing at the end of a series from the source.")
    static final class Download implements Verb {

        @Mixin private Series series = new Series();

        @Option(
                names = "--start",
                paramLabel = "TIME",
                description = "Where a series begins that has no bars yet, UTC: 2024-01-31.")
        private String start = "";

        @Override
        public Reply run(Session session) {
            ObjectNode body = series.body();
            if (!start.isEmpty()) {
                body.put("start_date", start);
            }
            return reply(session, "/api/v1/data/acquire/download", body);
        }
    }
}
