package dev.ktrdr.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.container.Command.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The engine, through its own command line.
///
/// What a test makes carries a label of this run and a name of its own, so that it can be told
/// from what belongs to others, and removed whatever happens.
final class Docker {

    /// The image under test.
    static final String IMAGE =
            Optional.ofNullable(System.getenv("KTRDR_TEST_IMAGE"))
                    .filter(name -> !name.isEmpty())
                    .orElse("ktrdr-backend:latest");

    /// The label of everything that this run makes, as `key=value`.
    static final String LABEL = "dev.ktrdr.test=" + ProcessHandle.current().pid();

    private static final String PREFIX = "ktrdr-test-" + ProcessHandle.current().pid() + "-";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Docker() {}

    /// {@return the command `docker` with `arguments`}
    static Command command(String... arguments) {
        return Command.of(List.of("docker")).with(arguments);
    }

    /// {@return what `docker` with `arguments` did; it must end with 0}
    static Result run(String... arguments) {
        return command(arguments).run().fine();
    }

    /// {@return what a program in a container of its own did, without the image's entrypoint}
    static Result tool(String program, String... arguments) {
        return command("run", "--rm", "--label", LABEL, "--entrypoint", program, IMAGE)
                .with(arguments)
                .run();
    }

    /// {@return what a container of its own did that ends by itself}
    ///
    /// @param options of `docker run`
    /// @param arguments for the image's entrypoint
    static Result once(List<String> options, String... arguments) {
        return command("run", "--rm", "--label", LABEL)
                .with(options.toArray(String[]::new))
                .with(IMAGE)
                .with(arguments)
                .run();
    }

    /// {@return a name that nobody else uses}
    static String freshName() {
        return PREFIX + COUNT.incrementAndGet();
    }

    /// {@return what `docker inspect` says of `name`}
    static JsonNode inspect(String name) {
        return json(run("inspect", name).out()).get(0);
    }

    /// {@return whether there is a `kind` (container, volume, network, image) of that name}
    static boolean exists(String kind, String name) {
        return command(kind, "inspect", name).run().code() == 0;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    /// {@return the builder with or without BuildKit}
    static Command build(boolean buildKit, String... arguments) {
        return command("build")
                .with(arguments)
                .withVariable("DOCKER_BUILDKIT", buildKit ? "1" : "0")
                .withLimit(Duration.ofMinutes(12));
    }

    /// Removes the containers that this run has made.
    static void sweepContainers() {
        String filter = "label=" + LABEL;
        remove(command("ps", "-aq", "--filter", filter).run(), "rm", "-f", "-v");
    }

    /// Removes all that this run has made.
    static void sweep() {
        String filter = "label=" + LABEL;
        sweepContainers();
        remove(command("volume", "ls", "-q", "--filter", filter).run(), "volume", "rm", "-f");
        remove(command("network", "ls", "-q", "--filter", filter).run(), "network", "rm");
        remove(command("images", "-q", "--filter", filter).run(), "rmi", "-f");
    }

    private static void remove(Result list, String... verb) {
        List<String> names = list.lines().stream().distinct().toList();
        if (!names.isEmpty()) {
            Result _ = command(verb).with(names.toArray(String[]::new)).run();
        }
    }
}
