package dev.ktrdr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The sources of the project, for tests that read them.
public final class Project {

    /// What is made by tools, or belongs to the machine.
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".ktrdr", ".idea", ".vscode", "node_modules", "backups");

    private Project() {}

    /// {@return the folder with the parent pom}
    public static Path root() {
        return Path.of(System.getProperty("project.root", ".."));
    }

    /// {@return the text of the file at `path` below the root}
    public static String text(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /// {@return every file below the root that people have written}
    public static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                        return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }
}
