package dev.ktrdr.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The checkout that the tests belong to.
final class Project {

    /// Its root folder.
    static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

    private static final Pattern REVISION = Pattern.compile("<revision>([^<]+)</revision>");

    private Project() {}

    /// {@return the version, from the one place where it is written}
    static String version() {
        Matcher matcher = REVISION.matcher(read("pom.xml"));
        if (!matcher.find()) {
            throw new IllegalStateException("pom.xml has no revision");
        }
        return matcher.group(1);
    }

    /// {@return the text of a file below the root}
    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
