package dev.ktrdr.api;

import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// Files on their way into the store: those that were sent lie on the disk until their import is
/// over, those in the inbox stay where they are.
@Singleton
final class Uploads {

    private final Path folder;
    private final Path inbox;
    private final int megabytes;

    Uploads(DataFolder data, Settings settings) {
        this.folder = data.uploads();
        String given = settings.text(Catalogue.INBOX_DIR);
        Path its = given.isEmpty() ? data.path().resolve("inbox") : Path.of(given);
        this.inbox = its.toAbsolutePath().normalize();
        this.megabytes = settings.whole(Catalogue.UPLOAD_LIMIT_MB);
    }

    /// {@return a file with all of `body`}
    ///
    /// @throws StoreException of kind UNAVAILABLE if there is no room for it
    Path receive(InputStream body) throws IOException {
        Path file = place();
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException | RuntimeException e) {
            remove(file);
            boolean ours = e instanceof FileSystemException;
            if (ours || String.valueOf(e.getMessage()).contains("No space left on device")) {
                throw new StoreException(Kind.UNAVAILABLE, "cannot take the file: " + e, e);
            }
            throw e;
        }
    }

    /// {@return `received`, which the server would delete with the end of the request, elsewhere}
    ///
    /// @throws BodyLimit.ExceededException if it is larger than what may be sent
    Path adopt(Path received) throws IOException {
        if (Files.size(received) > megabytes * 1_000_000L) {
            throw new BodyLimit.ExceededException(Catalogue.UPLOAD_LIMIT_MB, megabytes);
        }
        return Files.move(received, place(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path place() throws IOException {
        return Files.createTempFile(Files.createDirectories(folder), "import-", ".file");
    }

    /// {@return the file at `path` below the inbox}
    ///
    /// @throws StoreException of kind INVALID if it would lie elsewhere, of kind NOT_FOUND if it is
    ///     not there
    Path inbox(String path) {
        try {
            Path file = inbox.resolve(path).normalize();
            if (!file.startsWith(inbox) || file.equals(inbox)) {
                throw Words.invalid("path must lie below the inbox, was " + path);
            }
            if (!Files.isRegularFile(file)) {
                throw new StoreException(
                        Kind.NOT_FOUND, "there is no file " + path + " in the inbox");
            }
            if (!file.toRealPath().startsWith(inbox.toRealPath())) {
                throw Words.invalid("path must lie below the inbox, was a link out of it: " + path);
            }
            return file;
        } catch (InvalidPathException e) {
            throw Words.invalid("path must be one of a file, was " + path);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot look into the inbox: " + e, e);
        }
    }

    /// Removes a file that was sent; one that cannot be removed goes with the next start.
    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Event.log("dev.ktrdr.api", Severity.WARNING, "cannot remove " + file, Map.of());
        }
    }
}
