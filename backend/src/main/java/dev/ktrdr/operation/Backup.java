package dev.ktrdr.operation;

import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes the data folder into one archive (ZIP), consistent although the service runs.
///
/// Files are never changed in place, only replaced. So a snapshot is a folder of hard links, made
/// while writers wait, plus SQLite's own consistent copy; the archive is written from it in peace.
/// Secrets and leftovers stay out.
public final class Backup {

    private static final String SNAPSHOT = ".snapshot-";

    private final DataFolder folder;
    private final StateDatabase database;
    private final String version;
    private final Clock clock;

    /// Backups of `folder` with its `database`.
    public Backup(DataFolder folder, StateDatabase database, String version, Clock clock) {
        this.folder = folder;
        this.database = database;
        this.version = version;
        this.clock = clock;
    }

    /// Writes the archive to `out` and closes it.
    ///
    /// @throws IOException if the snapshot cannot be made or the archive not be written
    public void write(OutputStream out) throws IOException {
        Path snapshot = Files.createTempDirectory(folder.path(), SNAPSHOT);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            take(snapshot);
            Manifest manifest = manifest(snapshot);
            put(zip, Manifest.NAME, manifest.json());
            for (String file : manifest.files().keySet()) {
                zip.putNextEntry(new ZipEntry(file));
                Files.copy(snapshot.resolve(file), zip);
                zip.closeEntry();
            }
        } finally {
            Trees.delete(snapshot);
        }
    }

    private void take(Path snapshot) throws IOException {
        Lock alone = folder.writers().writeLock();
        alone.lock();
        try {
            for (Path file : kept(folder.path())) {
                Path link = snapshot.resolve(folder.path().relativize(file));
                Files.createDirectories(link.resolve("..").normalize());
                link(link, file);
            }
            database.copyTo(snapshot.resolve(folder.database().getFileName()));
        } catch (SQLException e) {
            throw new IOException("the database cannot be copied", e);
        } finally {
            alone.unlock();
        }
    }

    /// Some disks know no hard links, and nobody may link to a file of somebody else.
    private static void link(Path link, Path file) throws IOException {
        try {
            if (Files.isSymbolicLink(file)) {
                Files.copy(file, link);
            } else {
                Files.createLink(link, file);
            }
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(file, link);
        }
    }

    /// {@return the files of the data folder that belong into a backup as they are}
    private List<Path> kept(Path root) throws IOException {
        String databaseName = folder.database().getFileName().toString();
        return Trees.files(root).stream()
                .filter(file -> belongs(root.relativize(file), databaseName))
                .toList();
    }

    private static boolean belongs(Path file, String databaseName) {
        String first = file.getName(0).toString();
        return !isHidden(file)
                && !first.equals("secrets")
                && !first.equals("ktrdr.lock")
                && !first.equals(Manifest.NAME)
                && !first.startsWith(databaseName)
                && !file.toString().endsWith(".part");
    }

    private static boolean isHidden(Path file) {
        for (Path name : file) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private Manifest manifest(Path snapshot) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (Path file : Trees.files(snapshot)) {
            hashes.put(snapshot.relativize(file).toString(), Trees.sha256(file));
        }
        String now = clock.instant().toString();
        return new Manifest(Manifest.FORMAT, version, DataFolder.SCHEMA, now, hashes);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
