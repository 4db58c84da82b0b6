package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/// One thing a user can ask for. It asks the service and replies; [Main] prints.
interface Verb {

    /// {@return what came of it}
    ///
    /// @throws Failure if it was not done
    Reply run(Session session);

    /// {@return whether standard output carries data, so that the reply belongs on stderr}
    default boolean fillsStandardOutput() {
        return false;
    }

    /// What one run of the command knows: the machine around it and the global options.
    ///
    /// @param url            of the service as the user gave it, empty for the default
    /// @param timeoutSeconds of silence that are borne, at least 1
    record Session(Surroundings here, String url, int timeoutSeconds) {

        Service service() {
            return Service.of(here, url, timeoutSeconds);
        }

        int width() {
            return here.screen().width();
        }
    }

    /// The answer to a verb.
    ///
    /// @param exit     code of the process; 0 exactly when the envelope says success
    /// @param envelope printed with --json
    /// @param text     printed without, made only then; its lines end in a line feed
    record Reply(int exit, JsonNode envelope, Supplier<String> text) {

        static Reply of(JsonNode data, Supplier<String> text) {
            ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("success", true);
            envelope.set("data", data);
            return new Reply(0, envelope.putNull("error"), text);
        }
    }
}
