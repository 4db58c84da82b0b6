package dev.ktrdr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Exchanges the content of the data folder for another, so that a crash in the middle is made good
/// at the next start.
///
///     1. the old entries go to .before-restore-X, schema-version first
///     2. .restore-X is renamed to .swap-X: from here on the new content wins
///     3. the new entries come in from .swap-X, schema-version last
///
/// So a folder without schema-version was cut off in step 1, and goes back, or in step 3, and goes
/// on. Secrets and the lock belong to the place and not to the data: they stay where they are.
public final class Swap {

    private static final String STAGING = ".restore-";
    private static final String BEFORE = ".before-restore-";
    private static final String COMMITTED = ".swap-";
    private static final String SCHEMA = "schema-version";

    private Swap() {}

    /// {@return a new, empty folder in `data` for the content that is to come in}
    ///
    /// @param data the data folder
    /// @param stamp tells this exchange from others
    public static Path staging(Path data, String stamp) throws IOException {
        return Files.createDirectory(data.resolve(STAGING + stamp));
    }

    /// {@return the folder with the content that was there before}
    ///
    /// @param staging folder of [#staging], with the new content
    public static Path exchange(Path staging) throws IOException {
        Path data = staging.resolveSibling("");
        String stamp = staging.getFileName().toString().substring(STAGING.length());
        Path before = Files.createDirectory(data.resolve(BEFORE + stamp));
        move(data, before, Comparator.comparing((Path entry) -> !isSchema(entry)));
        Path committed = data.resolve(COMMITTED + stamp);
        Files.move(staging, committed);
        complete(committed, data);
        return before;
    }

    /// Makes good an exchange in `data` that was cut off; does nothing if there was none.
    static void recover(Path data) throws IOException {
        Optional<Path> committed = newest(data, COMMITTED);
        if (committed.isPresent()) {
            complete(committed.get(), data);
        } else if (!Files.exists(data.resolve(SCHEMA))) {
            Optional<Path> before = newest(data, BEFORE);
            if (before.isPresent()) {
                complete(before.get(), data);
            }
        }
    }

    private static void complete(Path from, Path data) throws IOException {
        move(from, data, Comparator.comparing(Swap::isSchema));
        Files.delete(from);
    }

    private static Optional<Path> newest(Path data, String prefix) throws IOException {
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .max(Comparator.comparing(Path::getFileName));
        }
    }

    private static void move(Path from, Path to, Comparator<Path> order) throws IOException {
        List<Path> entries;
        try (Stream<Path> files = Files.list(from)) {
            entries = files.filter(Swap::isData).sorted(order).toList();
        }
        for (Path entry : entries) {
            Files.move(entry, to.resolve(entry.getFileName()));
        }
    }

    private static boolean isSchema(Path entry) {
        return entry.getFileName().toString().equals(SCHEMA);
    }

    /// {@return whether an entry of the data folder takes part in an exchange}
    public static boolean isData(Path entry) {
        String name = entry.getFileName().toString();
        return !name.isEmpty()
                && !name.startsWith(".")
                && !name.equals("secrets")
                && !name.equals("ktrdr.lock");
    }
}
