package dev.ktrdr.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What has to be done with a stage to make it part of its series, written down before it is done.
///
///     stage/2020-04.parquet.part ...   the new files, synced
///     stage/commit.json                from here on the import counts, whatever happens
///     series/2020-04.parquet ...       renamed into place; then the row in the database;
///                                      then the stage goes, commit.json first
///
/// Each step can be done again. So a start after a crash finishes every stage that has a commit and
/// deletes every other.
///
/// @param series that gets the files
/// @param files names in the folder of the series
/// @param removed names of the files whose bars are now in the others
/// @param imports what is to be remembered: one import, or none if nobody asked for it
record Commit(SeriesName series, List<String> files, List<String> removed, List<Import> imports) {

    private static final String FILE = "commit.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    Commit {
        files = List.copyOf(files);
        removed = List.copyOf(removed);
        imports = List.copyOf(imports);
    }

    boolean isEmpty() {
        return files.isEmpty() && removed.isEmpty() && imports.isEmpty();
    }

    static Path part(Path stage, String file) {
        return stage.resolve(file + DurableFile.PART);
    }

    static boolean exists(Path stage) {
        return Files.exists(stage.resolve(FILE));
    }

    void write(Path stage) throws IOException {
        DurableFile.write(stage.resolve(FILE), JSON.writeValueAsString(this));
    }

    static Commit read(Path stage) throws IOException {
        return JSON.readValue(stage.resolve(FILE).toFile(), Commit.class);
    }

    /// Moves the files into place; may be done again.
    void place(Path stage, Path bars) throws IOException {
        Path folder = Files.createDirectories(bars.resolve(series.folder()));
        for (String file : files) {
            if (Files.exists(part(stage, file))) {
                DurableFile.move(part(stage, file), folder.resolve(file));
            }
        }
        for (String file : removed) {
            Files.deleteIfExists(folder.resolve(file));
        }
        DurableFile.syncFolder(folder);
        DurableFile.syncFolder(folder.resolveSibling("."));
        DurableFile.syncFolder(bars);
    }

    /// Remembers where the bars came from; may be done again.
    void remember(StateDatabase database) {
        imports.forEach(database::recordImport);
    }

    /// Takes `stage` away, the commit before what it speaks of.
    static void delete(Path stage) throws IOException {
        Files.deleteIfExists(stage.resolve(FILE));
        Trees.delete(stage);
    }

    /// Finishes or deletes what lies in `stages`.
    static void recover(Path stages, Path bars, StateDatabase database) {
        try {
            if (Files.isDirectory(stages)) {
                List<Path> left;
                try (var found = Files.list(stages)) {
                    left = found.sorted().toList();
                }
                for (Path stage : left) {
                    if (exists(stage)) {
                        Commit commit = read(stage);
                        commit.place(stage, bars);
                        commit.remember(database);
                    }
                    delete(stage);
                }
            }
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, "cannot finish the imports in " + stages + ": " + e, e);
        }
    }
}
