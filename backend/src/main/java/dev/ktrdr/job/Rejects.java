package dev.ktrdr.job;

import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// The rows that imports refused, a CSV file an import: `line,reason,text`.
///
/// They are for people who mend their file, so they are kept for a month and not in a backup.
public final class Rejects {

    private static final Duration KEPT = Duration.ofDays(30);

    /// Whoever has more wrong rows than this has one wrong option.
    private static final int ROWS_MAX = 100_000;

    private final Path folder;

    /// The rejects in `folder`, without those that are too old.
    public Rejects(Path folder, InstantSource time) {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                var modified = Files.getLastModifiedTime(file).toInstant();
                if (modified.isBefore(time.instant().minus(KEPT))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot tidy " + folder, e);
        }
    }

    /// {@return the file with the rows that the import `id` refused, empty if there is none}
    public Optional<Path> file(String id) {
        return Optional.of(path(id)).filter(Files::isRegularFile);
    }

    private Path path(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
            throw new IllegalArgumentException("an id has letters, digits, - and _, was " + id);
        }
        return folder.resolve(id + ".csv");
    }

    /// {@return where the import `id` writes what it refuses, to be closed}
    public Sheet open(String id) {
        return new Sheet(path(id));
    }

    /// The refused rows of one import. The file is made with the first of them. For one thread.
    public static final class Sheet implements AutoCloseable {

        private final Path file;
        private Optional<Writer> writer = Optional.empty();
        private long count;

        private Sheet(Path file) {
            this.file = file;
        }

        /// Writes one row; after the first hundred thousand they are only counted.
        ///
        /// @param line where it stands in its file
        /// @param text the row as it stands there, perhaps cut
        /// @param reason why it was refused
        /// @throws IOException if it cannot be written
        public void add(long line, String text, String reason) throws IOException {
            count++;
            if (count > ROWS_MAX) {
                return;
            }
            Writer out = writer();
            out.write(line + "," + quoted(reason) + "," + quoted(text) + "\n");
        }

        private Writer writer() throws IOException {
            if (writer.isEmpty()) {
                Files.createDirectories(file.resolveSibling(""));
                BufferedWriter made = Files.newBufferedWriter(file);
                writer = Optional.of(made);
                made.write("line,reason,text\n");
            }
            return writer.get();
        }

        private static String quoted(String text) {
            return '"' + text.replace("\"", "\"\"") + '"';
        }

        /// {@return how many rows were refused}
        public long count() {
            return count;
        }

        @Override
        public void close() throws IOException {
            if (writer.isPresent()) {
                writer.get().close();
            }
        }
    }
}
