package dev.ktrdr.operation;

import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Check.Result;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.InstrumentFile;
import dev.ktrdr.setting.Problem;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.Trees;
import dev.ktrdr.store.WritableFolder;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The checks of this service: can the folders be written, is there room, does the store answer.
public final class Checks {

    private static final double FREE_LOW = 0.10;
    private static final double FREE_OUT = 0.01;
    private static final long MB = 1_000_000;

    private Checks() {}

    /// {@return the checks, gravest first}
    public static List<Check> of(
            Settings settings,
            DataFolder folder,
            StateDatabase database,
            InstrumentFile instruments,
            Logs logs) {
        long budget = settings.whole(Catalogue.DATA_BUDGET_MB) * MB;
        boolean toFile = settings.flag(Catalogue.LOG_TO_FILE);
        Path logFolder = settings.folder(Catalogue.LOG_DIR);
        return List.of(
                new Check("data", () -> writable(folder.path(), State.UNHEALTHY)),
                new Check("store", () -> store(database)),
                new Check("disk", () -> disk(folder.path(), budget)),
                new Check("instruments", () -> instruments(instruments)),
                new Check("logs", () -> toFile ? logs(logFolder, logs) : switchedOff()));
    }

    private static Result writable(Path folder, State otherwise) {
        return WritableFolder.problem(folder)
                .map(problem -> new Result(otherwise, problem))
                .orElse(new Result(State.OK, "writable"));
    }

    private static Result store(StateDatabase database) {
        database.ping();
        return new Result(State.OK, "open, schema " + DataFolder.SCHEMA);
    }

    private static Result instruments(InstrumentFile file) {
        List<Problem> problems = file.problems();
        if (problems.isEmpty()) {
            return new Result(State.OK, file.instruments().listed().size() + " described");
        }
        String more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
        return new Result(State.DEGRADED, problems.getFirst() + more);
    }

    private static Result logs(Path folder, Logs logs) {
        return logs.fileFailure()
                .map(failure -> new Result(State.DEGRADED, explain(folder, failure)))
                .orElseGet(() -> writable(folder, State.DEGRADED));
    }

    private static String explain(Path folder, String failure) {
        return WritableFolder.problem(folder).orElse(failure);
    }

    private static Result switchedOff() {
        return new Result(State.OK, "switched off by KTRDR_LOG_TO_FILE");
    }

    private static Result disk(Path folder, long budget) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        double free = (double) disk.getUsableSpace() / Math.max(1, disk.getTotalSpace());
        String room = "%d MB free".formatted(disk.getUsableSpace() / MB);
        if (free < FREE_OUT) {
            return new Result(State.UNHEALTHY, room + ", below 1 % of the disk");
        }
        if (free < FREE_LOW) {
            return new Result(State.DEGRADED, room + ", below 10 % of the disk");
        }
        if (budget > 0 && size(folder) > budget) {
            String used = "%d MB used".formatted(size(folder) / MB);
            return new Result(State.DEGRADED, used + ", above KTRDR_DATA_BUDGET_MB");
        }
        return new Result(State.OK, room);
    }

    private static long size(Path folder) throws IOException {
        return Trees.files(folder).stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
