package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.client.Failure;
import java.time.Duration;
import picocli.CommandLine.Command;

/// Shows whether the service is well, and what is wrong with it if not.
@Command(
        name = "health",
        aliases = "status",
        description = {
            "Show the state of the service and of each of its checks.",
            "Exits with 0 if it is ok or degraded, else with 1."
        })
final class Health implements Verb {

    @Override
    public Reply run(Session session) {
        JsonNode health = session.service().health();
        String status = health.path("status").asText();
        if (status.equals("ok") || status.equals("degraded")) {
            return Reply.of(health, () -> text(health, session.width()));
        }
        ObjectNode envelope = Failure.envelope("UNHEALTHY", "the service is " + status);
        envelope.set("data", health); // what is wrong is in there
        return new Reply(Failure.Kind.ANSWER.exit(), envelope, () -> text(health, session.width()));
    }

    private static String text(JsonNode health, int width) {
        Table checks = Table.of("CHECK", "STATUS", "DETAIL");
        health.path("checks")
                .properties()
                .forEach(
                        check ->
                                checks.row(
                                        check.getKey(),
                                        check.getValue().path("status").asText(),
                                        check.getValue().path("detail").asText()));
        String head =
                Table.pairs(
                        "status",
                        health.path("status").asText(),
                        "version",
                        health.path("version").asText("-"),
                        "environment",
                        health.path("environment").asText("-"),
                        "uptime",
                        uptime(health.path("uptime_s")));
        return head + "\n" + checks.text(width);
    }

    private static String uptime(JsonNode seconds) {
        if (!seconds.isNumber()) {
            return "-";
        }
        var uptime = Duration.ofSeconds(seconds.asLong());
        String clock =
                "%d h %02d min %02d s"
                        .formatted(
                                uptime.toHoursPart(),
                                uptime.toMinutesPart(),
                                uptime.toSecondsPart());
        return uptime.toDays() > 0 ? uptime.toDays() + " d " + clock : clock;
    }
}
