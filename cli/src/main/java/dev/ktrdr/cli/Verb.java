package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.client.Service;
import dev.ktrdr.client.Surroundings;
import java.util.function.Supplier;

/// One thing a user can ask for. It asks the service and replies; [Main] prints.
interface Verb {

    /// {@return what came of it}
    ///
    /// @throws dev.ktrdr.client.Failure if it was not done
    Reply run(Session session);

    /// {@return whether standard output carries data, so that the reply belongs on stderr}
    default boolean fillsStandardOutput() {
        return false;
    }

    /// What one run of the command knows: the machine around it and the global options.
    ///
    /// @param url            of the service as the user gave it, empty for the default
    /// @param timeoutSeconds of silence that are borne, at least 1
    /// @param json           whether standard output is for a program
    record Session(Surroundings here, String url, int timeoutSeconds, boolean json) {

        Service service() {
            return Service.of(here, url, "ktrdr/" + Version.number(), timeoutSeconds);
        }

        /// {@return the same, with less patience}
        Session hurried(int secondsMax) {
            return new Session(here, url, Math.min(timeoutSeconds, secondsMax), json);
        }

        /// Tells people something before the reply is there; programs get the reply alone.
        void tell(String text) {
            if (!json) {
                here.out().print(text);
                here.out().flush();
            }
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
