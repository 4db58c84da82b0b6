package dev.ktrdr.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What the service asks for before it obeys, and where it was found.
///
/// @param value  never printed
/// @param origin for messages, such as "KTRDR_API_TOKEN"
record Token(String value, String origin) {

    private static final Path IN_CONTAINER = Path.of("/home/ktrdr/app/data");

    Token {
        if (!value.matches("[!-~]+")) {
            throw usage("the token from " + origin + " must be visible ASCII without spaces");
        }
    }

    /// {@return the token to send, if there is one}
    ///
    /// @param loopback whether the service is on this machine. The token that a service generates
    ///                 lies in its own data folder and is not sent to any other machine.
    static Optional<Token> find(Surroundings here, boolean loopback) {
        Optional<String> given = here.variable("KTRDR_API_TOKEN");
        Optional<String> file = here.variable("KTRDR_API_TOKEN_FILE");
        if (given.isPresent() && file.isPresent()) {
            throw usage("KTRDR_API_TOKEN and KTRDR_API_TOKEN_FILE are both set: unset one of them");
        }
        if (given.isPresent()) {
            return given.map(value -> new Token(value, "KTRDR_API_TOKEN"));
        }
        if (file.isPresent()) {
            return file.map(name -> read(here.folder().resolve(name), "KTRDR_API_TOKEN_FILE"));
        }
        return loopback ? generated(here) : Optional.empty();
    }

    private static Optional<Token> generated(Surroundings here) {
        var data = here.folder().resolve(here.variable("KTRDR_DATA_DIR").orElse("data"));
        return Stream.of(data, IN_CONTAINER)
                .map(folder -> folder.resolve("secrets").resolve("api-token"))
                .filter(Files::isReadable)
                .findFirst()
                .map(file -> read(file, file.toString()));
    }

    private static Token read(Path file, String origin) {
        try {
            return new Token(Files.readString(file, UTF_8).strip(), origin);
        } catch (IOException e) {
            throw Failure.local("cannot read the token of " + origin + ",", file, e);
        }
    }

    private static Failure usage(String message) {
        return Failure.of(Failure.Kind.USAGE, message);
    }

    /// {@return the origin alone, so that no message can leak the value}
    @Override
    public String toString() {
        return "token from " + origin;
    }
}
