package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.client.Address;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service;
import dev.ktrdr.client.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Deletes one series for good.
///
/// The service answers the first request with what would be lost and a token, and obeys the
/// second, which brings the token back. If the bars changed in between, it asks anew.
@Command(
        name = "delete",
        description = {
            "Delete all bars of a series.",
            "Asks for its symbol to be typed, unless --yes is given."
        })
final class Delete implements Verb {

    @Mixin private Series series = new Series();

    @Option(names = "--yes", description = "Delete without asking.")
    private boolean yes;

    @Override
    public Reply run(Session session) {
        Service service = session.service();
        JsonNode lost = lost(service);
        if (!yes) {
            confirm(session.here(), lost);
        }
        String token = Service.field(lost, "confirm").asText();
        JsonNode data = service.delete(series.path() + Address.query("confirm", token));
        return Reply.of(
                data, () -> "deleted %s: %s bars\n".formatted(series, lost.path("bars").asText()));
    }

    /// {@return what the service tells of the series when it refuses to delete it just so}
    private JsonNode lost(Service service) {
        try {
            service.delete(series.path());
        } catch (Failure e) {
            if (e.details().has("confirm")) {
                return e.details();
            }
            throw e;
        }
        throw Failure.of(
                Kind.ANSWER, "the service deleted %s without a question".formatted(series));
    }

    private void confirm(Surroundings here, JsonNode lost) {
        here.err()
                .printf(
                        "%s: %s bars, %s to %s%nType %s to delete them: ",
                        series,
                        lost.path("bars").asText("?"),
                        lost.path("first").asText("?"),
                        lost.path("last").asText("?"),
                        Table.visible(series.symbol()));
        here.err().flush();
        if (!typed(here).equals(series.symbol())) {
            throw Failure.of(
                    Kind.USAGE,
                    "nothing was deleted: %s was not typed; --yes deletes without asking"
                            .formatted(series.symbol()));
        }
    }

    /// {@return the next line of standard input, empty at its end}
    private static String typed(Surroundings here) {
        try {
            String line = new BufferedReader(new InputStreamReader(here.in(), UTF_8)).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            return "";
        }
    }
}
