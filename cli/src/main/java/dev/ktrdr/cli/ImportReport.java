package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.cli.Verb.Reply;
import dev.ktrdr.cli.Verb.Session;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What people are told about an import: first what the file is taken for, then what came of it.
final class ImportReport {

    private static final int REFUSED_SHOWN_MAX = 20;

    private final Session session;
    private boolean told;

    ImportReport(Session session) {
        this.session = session;
    }

    /// Tells what the file is taken for, once.
    void detected(JsonNode detected) {
        if (told || !detected.isObject()) {
            return;
        }
        told = true;
        var facts = new Facts();
        facts.add("format", format(detected));
        facts.add("time", detected.path("time_form"), detected.path("zone"));
        facts.add("columns", columns(detected.path("columns")));
        facts.add("ignored", detected.path("ignored"));
        detected.path("notes").forEach(note -> facts.add("note", note));
        session.tell(facts.text() + "\n");
    }

    private static String format(JsonNode detected) {
        String separator = detected.path("separator").asText("").replace("\t", "tab");
        return detected.path("format").asText("?")
                + (separator.isEmpty() ? "" : ", separator " + separator)
                + (detected.path("header").asBoolean(true) ? "" : ", no header");
    }

    /// {@return the columns as the option --column takes them}
    private static String columns(JsonNode columns) {
        return columns.properties().stream()
                .map(column -> column.getKey() + "=" + column.getValue().asText())
                .collect(Collectors.joining(" "));
    }

    /// {@return the reply; an import that kept nothing is an error, with the result beside it}
    ///
    /// @param rejects where the refused rows are, empty if they were not saved
    Reply reply(JsonNode result, String rejects) {
        JsonNode kept = Service.field(result, "rows_kept");
        if (kept.asLong() > 0) {
            return Reply.of(result, () -> text(result, rejects));
        }
        ObjectNode envelope = Failure.envelope("NOTHING_KEPT", "no row of the file is a bar");
        envelope.set("data", result);
        return new Reply(Kind.ANSWER.exit(), envelope, () -> text(result, rejects));
    }

    private String text(JsonNode result, String rejects) {
        return head(result) + facts(result) + refused(result, rejects);
    }

    private static String head(JsonNode result) {
        List<String> counts = new ArrayList<>();
        counts.add(result.path("rows_in").asText("?") + " rows read");
        counts.add(result.path("rows_kept").asText() + " kept");
        counts.add(result.path("rows_refused").asText("?") + " refused");
        for (String word : new String[] {"duplicate", "out_of_order"}) {
            if (result.path("rows_" + word).asLong() > 0) {
                counts.add(result.path("rows_" + word).asText() + " " + word.replace('_', ' '));
            }
        }
        String name = result.path("symbol").asText() + " " + result.path("timeframe").asText();
        return Table.visible(name) + ": " + String.join(", ", counts) + "\n";
    }

    private static String facts(JsonNode result) {
        boolean overwritten = result.path("mode").asText().equalsIgnoreCase("overwrite");
        var facts = new Facts();
        facts.add("bars added", result.path("bars_added"));
        facts.add("bars known", result.path("bars_same"));
        facts.add(overwritten ? "bars replaced" : "bars left as they were", differing(result));
        facts.add("bars now", result.path("bars_now"));
        facts.add("first", result.path("first"));
        facts.add("last", result.path("last"));
        facts.add("coverage", Facts.percent(result.path("coverage")));
        facts.add("unexpected gaps", result.path("unexpected_gaps"));
        String dry =
                result.path("dry_run").asBoolean()
                        ? "a dry run: this is what would happen, nothing was stored\n"
                        : "";
        return dry + facts.text();
    }

    private static String differing(JsonNode result) {
        long differing = result.path("bars_differing").asLong();
        return differing == 0 ? "" : Long.toString(differing);
    }

    private String refused(JsonNode result, String rejects) {
        JsonNode refused = result.path("refused");
        if (refused.isEmpty()) {
            return "";
        }
        Table table = Table.of("LINE", "REASON", "TEXT");
        int shown = Math.min(refused.size(), REFUSED_SHOWN_MAX);
        for (int i = 0; i < shown; i++) {
            JsonNode row = refused.path(i);
            table.row(
                    row.path("line").asText(),
                    row.path("reason").asText(),
                    row.path("text").asText());
        }
        return "\n" + table.text(session.width()) + rest(result, shown, rejects);
    }

    private static String rest(JsonNode result, int shown, String rejects) {
        long hidden = result.path("rows_refused").asLong() - shown;
        if (!rejects.isEmpty()) {
            return "all of them are in " + Table.visible(rejects) + "\n";
        }
        return hidden > 0 ? "and %d more; --rejects FILE saves them all\n".formatted(hidden) : "";
    }
}
