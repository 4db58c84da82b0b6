package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The version of this command, which the build writes into a resource.
@Command(name = "version", description = "Show the version of this command.")
final class Version implements Verb, IVersionProvider {

    /// {@return the version alone, such as 1.0.5.5}
    static String number() {
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(resource, "version.properties"));
            return Objects.requireNonNull(properties.getProperty("version"), "version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply run(Session session) {
        String number = number();
        return Reply.of(
                JsonNodeFactory.instance.objectNode().put("version", number),
                () -> "ktrdr " + number + "\n");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ktrdr " + number()};
    }
}
