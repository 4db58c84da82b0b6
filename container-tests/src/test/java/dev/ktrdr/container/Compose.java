package dev.ktrdr.container;

import dev.ktrdr.container.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import org.jspecify.annotations.Nullable;

/// The project of the Compose files, brought up under its real, fixed names.
///
/// Since container, volumes and network have names that an installation on the same machine would
/// have too, nothing is started where one of them exists, and a lock file keeps other test runs
/// out. Closing takes everything down again, data included.
final class Compose implements AutoCloseable {

    static final String CONTAINER = "ktrdr-backend";
    static final String DATA = "ktrdr-data";

    private static final List<String> VOLUMES = List.of(DATA, "ktrdr-logs");
    private static final String NETWORK = "ktrdr-network";
    private static final Duration LONG = Duration.ofMinutes(12);

    private final List<String> command;
    private final List<String> files;
    private final Map<String, String> variables;
    private final int port = FreePort.find();
    private final Lock lock;
    private @Nullable Container backend;

    private Compose(List<String> command, List<String> files, Map<String, String> more) {
        this.command = command;
        this.files = files;
        this.variables = new LinkedHashMap<>(more);
        variables.put("KTRDR_PORT", Integer.toString(port));
        variables.put("COMPOSE_PROJECT_NAME", "ktrdr");
        this.lock = new Lock();
        refuseForeign();
    }

    /// {@return every Compose on this machine, the preferred one first}
    static List<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        for (List<String> one :
                List.of(
                        List.of("docker", "compose"),
                        List.of("docker-compose"),
                        List.of("/usr/bin/docker-compose"))) {
            Optional<String> version = version(one);
            if (version.isPresent() && !versions.contains(version.get())) {
                versions.add(version.get());
                found.add(one);
            }
        }
        return found;
    }

    private static Optional<String> version(List<String> command) {
        try {
            Result result = Command.of(command).with("version", "--short").run();
            return result.code() == 0 ? Optional.of(result.text()) : Optional.empty();
        } catch (UncheckedIOException notThere) {
            return Optional.empty();
        }
    }

    /// {@return the project of `files`, not yet up}
    ///
    /// @param variables that `.env` would set
    /// @param files below the root, the base first
    static Compose of(Map<String, String> variables, String... files) {
        return new Compose(commands().getFirst(), List.of(files), variables);
    }

    /// {@return what `docker-compose -f … config` of `command` says; nothing is started}
    static Result config(List<String> command, Map<String, String> variables, String... files) {
        return Command.of(command)
                .with(options(List.of(files)))
                .with("config")
                .withVariables(variables)
                .run();
    }

    private static String[] options(List<String> files) {
        return files.stream().flatMap(file -> List.of("-f", file).stream()).toArray(String[]::new);
    }

    private void refuseForeign() {
        List<String> foreign = new ArrayList<>();
        if (Docker.exists("container", CONTAINER)) {
            foreign.add("container " + CONTAINER);
        }
        VOLUMES.stream().filter(name -> Docker.exists("volume", name)).forEach(foreign::add);
        if (Docker.exists("network", NETWORK)) {
            foreign.add("network " + NETWORK);
        }
        if (!foreign.isEmpty()) {
            lock.close();
            throw new IllegalStateException(
                    "KTRDR is in use on this machine, nothing is touched: " + foreign);
        }
    }

    /// {@return what the verb did, which must end with 0}
    Result run(String... verb) {
        return Command.of(command)
                .with(options(files))
                .with(verb)
                .withVariables(variables)
                .withLimit(LONG)
                .run()
                .fine();
    }

    /// {@return what a script of the checkout did}
    Result script(Path folder, String script, String... arguments) {
        return Command.of(List.of(Project.ROOT.resolve(script).toString()))
                .with(arguments)
                .withFolder(folder)
                .withLimit(Duration.ofMinutes(2))
                .run();
    }

    /// {@return the backend, up and answering}
    ///
    /// @param token for its API, empty if none is due
    Container up(String token) {
        Result _ = run("up", "-d");
        Container started = Container.named(CONTAINER, token).awaitServing();
        backend = started;
        return started;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            String[] down = {"down", "-v", "--remove-orphans"};
            Result _ =
                    Command.of(command)
                            .with(options(files))
                            .with(down)
                            .withVariables(variables)
                            .run();
            if (backend != null) {
                backend.close();
            }
            VOLUMES.forEach(name -> Docker.command("volume", "rm", "-f", name).run());
        } finally {
            lock.close();
        }
    }

    /// Held by a process, since the lock of `flock` and that of Java do not see each other.
    private static final class Lock implements AutoCloseable {

        private final @Nullable Process holder;

        Lock() {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "ktrdr-compose.lock");
            holder = Files.isExecutable(Path.of("/usr/bin/flock")) ? hold(file) : null;
        }

        private static Process hold(Path file) {
            try {
                Process process =
                        new ProcessBuilder(
                                        "/usr/bin/flock",
                                        "-w",
                                        "900",
                                        file.toString(),
                                        "sh",
                                        "-c",
                                        "echo held; exec cat")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                String line = out.readLine();
                if (!"held".equals(line)) {
                    throw new IllegalStateException("no lock on " + file + " within 15 minutes");
                }
                return process;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (holder == null) {
                return;
            }
            try {
                // The end of its input ends it, and with it the lock.
                holder.getOutputStream().close();
                if (!holder.waitFor(10, TimeUnit.SECONDS)) {
                    holder.destroyForcibly();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
