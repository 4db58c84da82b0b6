package dev.ktrdr.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Why a verb did not do what it was asked to: one line for people, an envelope for programs.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// What went wrong, as the exit code tells it. The root help promises these numbers.
    public enum Kind {
        /// The service answered with an error, or not as KTRDR does.
        ANSWER(1),
        /// The words on the command line or the settings cannot be understood.
        USAGE(2),
        /// No service there, or the connection broke or fell silent.
        UNREACHABLE(3),
        /// The service wants a token, or another one.
        UNAUTHORIZED(4),
        /// A file here cannot be read or written.
        LOCAL_FILE(5);

        private final int exit;

        Kind(int exit) {
            this.exit = exit;
        }

        /// {@return the exit code of the process}
        public int exit() {
            return exit;
        }
    }

    private final Kind kind;
    private final ObjectNode envelope;

    private Failure(Kind kind, String message, ObjectNode envelope) {
        super(message);
        this.kind = kind;
        this.envelope = envelope;
    }

    /// {@return a failure that this command found by itself}
    public static Failure of(Kind kind, String message) {
        return new Failure(kind, message, envelope(kind.name(), message));
    }

    /// {@return a failure that the service told us, with its own envelope}
    public static Failure told(Kind kind, String message, ObjectNode envelope) {
        return new Failure(kind, message, envelope);
    }

    /// {@return a failure to do something with a file here}
    ///
    /// @param action what was tried, such as "cannot write"
    public static Failure local(String action, Path file, IOException reason) {
        return of(Kind.LOCAL_FILE, action + " " + file + ": " + reason(reason));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    /// {@return the envelope of an error, in the shape the service uses}
    public static ObjectNode envelope(String code, String message) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("success", false).putNull("data");
        envelope.putObject("error").put("code", code).put("message", message).putNull("details");
        return envelope;
    }

    /// {@return what kind of failure it is}
    public Kind kind() {
        return kind;
    }

    /// {@return the envelope, as the service sent it where it sent one}
    public ObjectNode envelope() {
        return envelope;
    }

    /// {@return the part of the error that programs read, missing if there is none}
    public JsonNode details() {
        return envelope.path("error").path("details");
    }
}
