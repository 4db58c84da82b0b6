package dev.ktrdr.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program to run, with a time limit and its output captured.
///
/// Variables that Compose or KTRDR would read are taken out of the environment, so that the shell
/// a test was started from has no say in it. Immutable; each `with…` gives a changed copy.
final class Command {

    private static final Duration USUAL = Duration.ofSeconds(90);

    private final List<String> words;
    private final Map<String, String> variables;
    private final Duration limit;
    private final Path folder;
    private final Optional<Path> input;

    private Command(
            List<String> words,
            Map<String, String> variables,
            Duration limit,
            Path folder,
            Optional<Path> input) {
        this.words = words;
        this.variables = variables;
        this.limit = limit;
        this.folder = folder;
        this.input = input;
    }

    static Command of(List<String> words) {
        return new Command(List.copyOf(words), Map.of(), USUAL, Project.ROOT, Optional.empty());
    }

    Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(List.copyOf(all), variables, limit, folder, input);
    }

    Command withVariable(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.put(name, value);
        return new Command(words, Map.copyOf(all), limit, folder, input);
    }

    Command withVariables(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new Command(words, Map.copyOf(all), limit, folder, input);
    }

    Command withLimit(Duration limit) {
        return new Command(words, variables, limit, folder, input);
    }

    Command withFolder(Path folder) {
        return new Command(words, variables, limit, folder, input);
    }

    Command withInput(Path file) {
        return new Command(words, variables, limit, folder, Optional.of(file));
    }

    /// {@return what came of it; output is text}
    Result run() {
        try {
            Path out = Files.createTempFile("ktrdr-test-", ".out");
            try {
                return runInto(out);
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return what came of it; the bytes of standard output are in `out`}
    Result runInto(Path out) {
        try {
            Path err = Files.createTempFile("ktrdr-test-", ".err");
            try {
                return run(out, err);
            } finally {
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        }
    }

    private Result run(Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(folder.toFile());
        builder.redirectOutput(out.toFile());
        builder.redirectError(err.toFile());
        input.ifPresent(file -> builder.redirectInput(file.toFile()));
        builder.environment().keySet().removeIf(Command::foreign);
        builder.environment().putAll(variables);
        long start = System.nanoTime();
        Process process = builder.start();
        if (input.isEmpty()) {
            process.getOutputStream().close();
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                String said = lenient(out) + lenient(err);
                throw new AssertionError(words + " took longer than " + limit + ":\n" + said);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Result(words, process.exitValue(), lenient(out), lenient(err), took);
    }

    /// Archives are no text, so malformed characters do not matter.
    private static String lenient(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static boolean foreign(String name) {
        return name.startsWith("KTRDR_")
                || name.startsWith("COMPOSE_")
                || List.of("ENVIRONMENT", "LOG_LEVEL", "LOG_FORMAT", "DOCKER_BUILDKIT")
                        .contains(name);
    }

    /// What a program did.
    ///
    /// @param words the program and its arguments
    /// @param code exit code
    /// @param out what it wrote to standard output
    /// @param err what it wrote to standard error
    /// @param took wall time
    record Result(List<String> words, int code, String out, String err, Duration took) {

        /// {@return this, if it ended with 0}
        Result fine() {
            if (code != 0) {
                throw new AssertionError("ended with " + this);
            }
            return this;
        }

        /// {@return standard output without blanks at its ends}
        String text() {
            return out.strip();
        }

        /// {@return the lines of standard output that are not blank}
        List<String> lines() {
            return out.lines().filter(line -> !line.isBlank()).toList();
        }

        @Override
        public String toString() {
            return code + ": " + String.join(" ", words) + "\n" + out + err;
        }
    }
}
