package dev.ktrdr.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// The data folder, opened by one process at a time.
///
///     schema-version   which layout this is, and the version that wrote it
///     bars/            market data
///     ktrdr.db         state
///     secrets/         0700
public final class DataFolder implements AutoCloseable {

    /// The layout this version writes. It grows by one whenever an older version could not read
    /// what a newer one has written.
    public static final int SCHEMA = 1;

    private static final String SCHEMA_FILE = "schema-version";

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final ReadWriteLock writers = new ReentrantReadWriteLock(true);

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// {@return the folder at `path`, made if it is new, locked against other processes}
    ///
    /// @param path the folder
    /// @param version of this program, to be named beside the schema
    /// @throws UnusableFolderException if it cannot be written, was written by a newer version, or
    ///     is in use
    public static DataFolder open(Path path, String version) throws UnusableFolderException {
        Optional<String> problem = WritableFolder.problem(path);
        if (problem.isPresent()) {
            throw new UnusableFolderException(problem.get());
        }
        try {
            FileChannel lockFile =
                    FileChannel.open(
                            path.resolve("ktrdr.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(path, lockFile);
            DataFolder folder = new DataFolder(path, lockFile, lock);
            try {
                folder.adopt(version);
            } catch (IOException | UnusableFolderException e) {
                folder.close();
                throw e;
            }
            return folder;
        } catch (IOException e) {
            throw new UnusableFolderException(path + " cannot be opened: " + e);
        }
    }

    private static FileLock tryLock(Path path, FileChannel lockFile)
            throws IOException, UnusableFolderException {
        String taken =
                path.toAbsolutePath() + " is in use by another KTRDR; stop that one or use another";
        try {
            FileLock lock = lockFile.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameProcess) {
            lockFile.close();
            throw new UnusableFolderException(taken);
        }
        lockFile.close();
        throw new UnusableFolderException(taken);
    }

    private void adopt(String version) throws IOException, UnusableFolderException {
        Swap.recover(path);
        Path file = path.resolve(SCHEMA_FILE);
        if (Files.exists(file)) {
            refuseNewer(found(file), version);
        } else {
            DurableFile.write(file, new SchemaVersion(SCHEMA, version).text());
        }
        Files.createDirectories(bars());
        renameMonths();
        Path secrets = Files.createDirectories(secrets());
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        removeLeftovers();
    }

    /// Bars of a month lay in `timeframe=1M` once, which some disks take for `timeframe=1m`.
    private void renameMonths() throws IOException {
        Path months = bars().resolve("timeframe=1mo");
        List<Path> former;
        try (Stream<Path> entries = Files.list(bars())) {
            former = entries.filter(entry -> entry.endsWith("timeframe=1M")).toList();
        }
        if (!former.isEmpty() && !Files.exists(months)) {
            Files.move(former.getFirst(), months);
        }
    }

    private static SchemaVersion found(Path file) throws IOException, UnusableFolderException {
        try {
            return SchemaVersion.parse(Files.readString(file));
        } catch (StoreException | CharacterCodingException e) {
            throw new UnusableFolderException(
                    file.toAbsolutePath()
                            + " is damaged, restore a backup or mend it: "
                            + e.getMessage());
        }
    }

    private void refuseNewer(SchemaVersion found, String version) throws UnusableFolderException {
        if (found.schema() > SCHEMA) {
            String facts = "%s was written by KTRDR %s (schema %d); this is KTRDR %s (schema %d)";
            String remedy = ": use %s or newer, or restore a backup";
            throw new UnusableFolderException(
                    (facts + remedy)
                            .formatted(
                                    path.toAbsolutePath(),
                                    found.version(),
                                    found.schema(),
                                    version,
                                    SCHEMA,
                                    found.version()));
        }
    }

    /// Leftovers of what was cut off: a write that nobody has acknowledged, a snapshot, a restore
    /// before its exchange.
    private void removeLeftovers() throws IOException {
        for (Path part : parts()) {
            Files.deleteIfExists(part);
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(path)) {
            folders = entries.filter(DataFolder::isLeftover).toList();
        }
        for (Path folder : folders) {
            Trees.delete(folder);
        }
    }

    /// {@return files of a version before imports had a folder of their own; what lies there is the
    /// lake's, which knows what was committed}
    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(bars())) {
            return files.filter(file -> file.toString().endsWith(DurableFile.PART))
                    .filter(file -> !file.startsWith(stages()))
                    .toList();
        }
    }

    private static boolean isLeftover(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(".snapshot-")
                || name.startsWith(".restore-")
                || name.equals(".spill");
    }

    /// {@return the folder itself}
    public Path path() {
        return path;
    }

    /// {@return where market data lies}
    public Path bars() {
        return path.resolve("bars");
    }

    /// {@return where imports lie until they are whole, one folder each}
    Path stages() {
        return bars().resolve(".stage");
    }

    /// {@return where the engine may put what does not fit into memory; empty after a start}
    Path spill() {
        return path.resolve(".spill");
    }

    /// {@return where files lie that were sent and wait for their import; empty after a start}
    public Path uploads() {
        return spill().resolve("uploads");
    }

    /// {@return where the rows lie that imports refused; not part of a backup}
    public Path rejects() {
        return path.resolve(".rejects");
    }

    /// {@return where secrets lie, readable by the owner alone}
    public Path secrets() {
        return path.resolve("secrets");
    }

    /// {@return the SQLite file}
    public Path database() {
        return path.resolve("ktrdr.db");
    }

    /// {@return the lock that writers of files share and a snapshot takes alone}
    public ReadWriteLock writers() {
        return writers;
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "cannot unlock " + path, e);
        }
    }
}
