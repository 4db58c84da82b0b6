package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ktrdr.client.Service;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows the settings the service runs with, and where each came from.
@Command(
        name = "config",
        description = "Show each setting of the service, its value and where it came from.")
final class Config implements Verb {

    @Override
    public Reply run(Session session) {
        JsonNode data = session.service().get("/api/v1/config");
        JsonNode settings = Service.field(data, "settings");
        return Reply.of(data, () -> text(settings, session.width()));
    }

    private static String text(JsonNode settings, int width) {
        Table table = Table.of("NAME", "VALUE", "ORIGIN");
        for (JsonNode setting : settings) {
            table.row(
                    setting.path("name").asText(),
                    setting.path("value").asText(""),
                    setting.path("origin").asText());
        }
        return table.text(width);
    }

    /// Shows how much the service logs, or changes it while it runs.
    @Command(
            name = "log-level",
            description = "Show the log level of the service, or set it until its next start.")
    static final class LogLevel implements Verb {

        private static final String PATH = "/api/v1/log-level";

        @Parameters(
                arity = "0..1",
                paramLabel = "LEVEL",
                description = "DEBUG, INFO, WARNING or ERROR.")
        private String level = "";

        @Override
        public Reply run(Session session) {
            Service service = session.service();
            JsonNode data =
                    level.isEmpty() ? service.get(PATH) : service.send("PUT", PATH, wanted());
            String answered = Service.field(data, "level").asText();
            return Reply.of(data, () -> Table.visible(answered) + "\n");
        }

        private JsonNode wanted() {
            String upper = level.toUpperCase(Locale.ROOT);
            return JsonNodeFactory.instance.objectNode().put("level", upper);
        }
    }
}
