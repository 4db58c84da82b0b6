package dev.ktrdr.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/// A copy of what a build needs from the checkout, to be changed by tests.
final class Snapshot {

    private static final Set<String> PARTS =
            Set.of(
                    "pom.xml",
                    ".mvn",
                    ".dockerignore",
                    "Dockerfile",
                    "config",
                    "docker",
                    "engine",
                    "backend",
                    "cli",
                    "container-tests",
                    "benchmarks");

    private final Path root;

    private Snapshot(Path root) {
        this.root = root;
    }

    static Snapshot into(Path root) throws IOException {
        return of(Project.ROOT, root);
    }

    /// {@return a copy in `root` of what `from` has of it}
    static Snapshot of(Path from, Path root) throws IOException {
        for (String part : PARTS) {
            copy(from.resolve(part), root.resolve(part));
        }
        return new Snapshot(root);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen)
                            throws IOException {
                        if (folder.endsWith("target")) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(to.resolve(from.relativize(folder)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        Path target = to.resolve(from.relativize(file).toString());
                        Files.copy(
                                file,
                                from.equals(file) ? to : target,
                                StandardCopyOption.COPY_ATTRIBUTES,
                                StandardCopyOption.REPLACE_EXISTING);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    Path root() {
        return root;
    }

    void write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Replaces text in a file that has to hold it.
    void edit(String path, String old, String fresh) {
        try {
            String text = Files.readString(root.resolve(path));
            if (!text.contains(old)) {
                throw new IllegalStateException(path + " does not hold: " + old);
            }
            write(path, text.replace(old, fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
