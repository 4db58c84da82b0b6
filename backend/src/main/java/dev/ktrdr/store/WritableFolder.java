package dev.ktrdr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/// Finds out whether a folder can be written by writing to it, and explains why if not.
public final class WritableFolder {

    private WritableFolder() {}

    /// {@return what the operator has to do before `folder` can be written, empty if it can}
    ///
    /// A file is really written, synced and deleted: permission bits do not tell of read-only
    /// mounts, full disks or foreign owners.
    public static Optional<String> problem(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (Files.exists(path) && !Files.isDirectory(path)) {
            return Optional.of(path + " is a file, a folder is due; mount a folder there");
        }
        try {
            Files.createDirectories(path);
            Path probe = Files.createTempFile(path, ".write-test-", null);
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[512]));
                channel.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(explain(path, e));
        }
    }

    private static String explain(Path path, IOException e) {
        String cause = e.getMessage() == null ? e.toString() : e.getMessage();
        if (cause.contains("No space left")) {
            return path + " is full; free some space or enlarge the volume";
        }
        if (cause.contains("Read-only file system")) {
            return path + " is mounted read-only; mount it writable (without :ro)";
        }
        long uid = id("uid");
        long gid = id("gid");
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        String fact = "%s is not writable by uid %d:%d (owner %s)";
        String remedy = "; on the host: chown -R %d:%d <the folder mounted at %s>";
        return fact.formatted(path, uid, gid, owner(existing)) + remedy.formatted(uid, gid, path);
    }

    private static String owner(Path path) {
        try {
            Map<String, Object> unix = Files.readAttributes(path, "unix:uid,gid");
            return unix.get("uid") + ":" + unix.get("gid");
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }

    private static long id(String which) {
        try {
            Object id = Files.getAttribute(Path.of("/proc/self"), "unix:" + which);
            return ((Number) id).longValue();
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }
}
