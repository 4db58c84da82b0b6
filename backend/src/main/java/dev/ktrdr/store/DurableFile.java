package dev.ktrdr.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Puts files in place so that a crash leaves either the old or the new one, never half of one.
final class DurableFile {

    static final String PART = ".part";

    private DurableFile() {}

    /// Writes `text` to `path`.
    static void write(Path path, String text) throws IOException {
        Path part = path.resolveSibling(path.getFileName() + PART);
        try {
            Files.writeString(part, text, StandardCharsets.UTF_8);
            publish(part, path);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Makes the finished file `part` the file `path`: synced, renamed, and the folder synced.
    static void publish(Path part, Path path) throws IOException {
        sync(part);
        move(part, path);
        syncFolder(path.resolveSibling("."));
    }

    /// Renames `part` to `path`, which it replaces. The rename lasts once the folder is synced.
    static void move(Path part, Path path) throws IOException {
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Waits until the bytes of `file` are on the disk.
    static void sync(Path file) throws IOException {
        sync(file, StandardOpenOption.WRITE);
    }

    /// Waits until the entries of `folder` are on the disk.
    static void syncFolder(Path folder) throws IOException {
        sync(folder, StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
