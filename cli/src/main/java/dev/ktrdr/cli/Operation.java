package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.client.Address;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs about long work of the service.
@Command(
        name = "operation",
        description = "List, show and cancel the long work of the service.",
        subcommands = {Operation.List.class, Operation.Show.class, Operation.Cancel.class})
final class Operation {

    private static final String PATH = "/api/v1/operations";

    /// {@return where the service has the operation `id`}
    static String path(String id) {
        return PATH + "/" + Address.segment(id);
    }

    /// {@return the body of a request to cancel}
    static ObjectNode reason(String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return reason.isEmpty() ? body : body.put("reason", reason);
    }

    /// Shows the newest operations.
    @Command(name = "list", description = "List the operations, the newest first.")
    static final class List implements Verb {

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "One of pending running completed failed cancelled.")
        private String status = "";

        @Option(names = "--type", paramLabel = "TYPE", description = "Such as data_import.")
        private String type = "";

        @Option(names = "--active", description = "Only those that wait or run.")
        private boolean active;

        @Option(names = "--limit", paramLabel = "N", description = "At most N. Default: 20.")
        private int limit = 20;

        @Override
        public Reply run(Session session) {
            if (limit < 1) {
                throw Failure.of(Kind.USAGE, "--limit must be at least 1, was " + limit);
            }
            String query =
                    Address.query(
                            "status",
                            status,
                            "operation_type",
                            type,
                            "active_only",
                            active ? "true" : "",
                            "limit",
                            Integer.toString(limit));
            JsonNode data = session.service().get(PATH + query);
            JsonNode operations = data.isArray() ? data : Service.field(data, "operations");
            return Reply.of(data, () -> text(operations, session.width()));
        }

        private static String text(JsonNode operations, int width) {
            if (operations.isEmpty()) {
                return "no operations\n";
            }
            Table table = Table.of("OPERATION", "STATUS", "%", "STEP", "CREATED");
            for (JsonNode operation : operations) {
                table.row(
                        operation.path("operation_id").asText(),
                        operation.path("status").asText(),
                        Long.toString(operation.path("progress_percentage").asLong()),
                        operation.path("current_step").asText(""),
                        operation.path("created_at").asText());
            }
            return table.text(width);
        }
    }

    /// Shows all that is known of one operation.
    @Command(name = "show", description = "Show an operation: its progress and its result.")
    static final class Show implements Verb {

        @Parameters(paramLabel = "ID", description = "As operation list prints it.")
        private String id = "";

        @Override
        public Reply run(Session session) {
            JsonNode data = session.service().get(path(id));
            return Reply.of(data, () -> Page.of(data, session.width()));
        }
    }

    /// Ends one operation.
    @Command(
            name = "cancel",
            description = "Cancel an operation; what it did not finish is undone.")
    static final class Cancel implements Verb {

        @Parameters(paramLabel = "ID", description = "As operation list prints it.")
        private String id = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
        private String reason = "";

        @Override
        public Reply run(Session session) {
            JsonNode data = session.service().send("DELETE", path(id), reason(reason));
            String status = data.path("status").asText("cancelled");
            return Reply.of(data, () -> Table.visible(id + ": " + status) + "\n");
        }
    }
}
