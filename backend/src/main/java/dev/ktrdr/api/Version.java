package dev.ktrdr.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this program, as the build has written it into the jar.
///
/// @param number such as `1.0.5.5`
public record Version(String number) {

    /// {@return the version of the running program}
    public static Version current() {
        try (InputStream in = Version.class.getResourceAsStream("/ktrdr-build.properties")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks ktrdr-build.properties");
            }
            Properties build = new Properties();
            build.load(in);
            return new Version(build.getProperty("version", "unknown"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read ktrdr-build.properties", e);
        }
    }
}
