package dev.ktrdr.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/// The files of an inbox: finding those that wait, and moving them to where they belong.
///
/// @param root the inbox itself
record InboxFolder(Path root) {

    static final String DONE = "done";
    static final String REFUSED = "refused";
    static final String REASON = ".reason.txt";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /// What a file looks like from outside; a file that is being written changes it.
    ///
    /// @param size bytes
    /// @param modified when it was written to last
    /// @param key what tells it from another file of the same name
    record Shape(long size, FileTime modified, String key) {

        private static Shape of(BasicFileAttributes file) {
            return new Shape(file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
        }

        static Shape of(Path file) throws IOException {
            return of(
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /// {@return what waits in the inbox, in the order of the names}
    ///
    /// A folder that cannot be entered stands for what may be in it.
    Map<Path, Shape> waiting() throws IOException {
        Files.createDirectories(root);
        Map<Path, Shape> found = new TreeMap<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes as) {
                        return path.equals(root) || !isOurs(path)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes file) {
                        if (!isOurs(path) && !path.toString().endsWith(Drop.OPTIONS)) {
                            found.put(path, Shape.of(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e) {
                        if (Files.exists(path)) { // else it has gone since the folder was read
                            found.put(path, new Shape(0, FileTime.fromMillis(0), ""));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /// Hidden, or where finished files lie.
    private boolean isOurs(Path path) {
        String place = root.relativize(path).toString();
        return path.getFileName().toString().startsWith(".")
                || place.equals(DONE)
                || place.equals(REFUSED);
    }

    /// Moves a file and its options to `done`.
    ///
    /// @param now tells it from an earlier one of the same name, if there is one
    void done(Path file, Instant now) throws IOException {
        move(file, free(DONE, file, now));
    }

    /// Moves a file and its options to `refused`, with the reason beside it.
    void refuse(Path file, String reason, Instant now) throws IOException {
        Path target = free(REFUSED, file, now);
        Files.writeString(target.resolveSibling(target.getFileName() + REASON), reason + "\n");
        move(file, target);
    }

    private static void move(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        Path options = Drop.optionsOf(file);
        if (Files.exists(options)) {
            Files.move(options, Drop.optionsOf(target), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path free(String folder, Path file, Instant now) throws IOException {
        Path place = root.relativize(file);
        Path target = root.resolve(folder).resolve(place);
        for (Instant at = now; isTaken(target); at = at.plusSeconds(1)) {
            target = root.resolve(folder).resolve(STAMP.format(at)).resolve(place);
        }
        Files.createDirectories(target.resolveSibling("."));
        return target;
    }

    private static boolean isTaken(Path target) {
        return Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                || Files.exists(Drop.optionsOf(target));
    }
}
