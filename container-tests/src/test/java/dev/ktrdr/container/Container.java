package dev.ktrdr.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.container.Command.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container of this run, removed with its anonymous volumes when closed.
final class Container implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final String token;
    private @Nullable Http http;

    private Container(String name, String token) {
        this.name = name;
        this.token = token;
    }

    /// {@return the service in development, answering}
    ///
    /// @param options of `docker run`
    static Container serving(String... options) {
        return serve(options).awaitServing();
    }

    /// {@return the service in development, started a moment ago}
    static Container serve(String... options) {
        List<String> all = new ArrayList<>(List.of("-p", "127.0.0.1::8000"));
        all.addAll(List.of("-e", "ENVIRONMENT=development"));
        all.addAll(List.of(options));
        return run(Docker.IMAGE, all);
    }

    /// {@return the service in production with a token, answering}
    static Container production(String token, String... options) {
        List<String> all = new ArrayList<>(List.of("-p", "127.0.0.1::8000"));
        all.addAll(List.of("-e", "KTRDR_API_TOKEN=" + token));
        all.addAll(List.of(options));
        return new Container(run(Docker.IMAGE, all).name, token).awaitServing();
    }

    /// {@return a container of `image`, started a moment ago}
    static Container run(String image, List<String> options, String... arguments) {
        return make("run", List.of("-d"), image, options, arguments);
    }

    /// {@return a container of `image` that is not started}
    static Container created(String image, String... arguments) {
        return make("create", List.of(), image, List.of(), arguments);
    }

    private static Container make(
            String verb,
            List<String> first,
            String image,
            List<String> options,
            String... arguments) {
        String name = Docker.freshName();
        Command command = Docker.command(verb).with(first.toArray(String[]::new));
        Result _ =
                command.with("--name", name, "--label", Docker.LABEL)
                        .with(options.toArray(String[]::new))
                        .with(image)
                        .with(arguments)
                        .run()
                        .fine();
        return new Container(name, "");
    }

    /// {@return the container `name`, which Compose has made}
    static Container named(String name, String token) {
        return new Container(name, token);
    }

    String name() {
        return name;
    }

    /// {@return a client of the published port}
    Http http() {
        Http known = http;
        if (known == null) {
            String address = Docker.run("port", name, "8000/tcp").lines().getFirst();
            known = new Http(Integer.parseInt(address.replaceFirst(".*:", "")), token);
            http = known;
        }
        return known;
    }

    /// {@return this, as soon as requests are welcome}
    Container awaitServing() {
        Await.until(
                name + " answers",
                START,
                () -> {
                    if (!running()) {
                        throw new AssertionError(name + " has ended:\n" + output());
                    }
                    return http().status("/api/health") == 200;
                });
        return this;
    }

    /// Starts it again after it has ended.
    Container start() {
        Result _ = Docker.run("start", name);
        // A port that the engine chose is another one now.
        http = null;
        return this;
    }

    Result exec(String... words) {
        return Docker.command("exec", name).with(words).run();
    }

    /// {@return what a program did as root inside}
    Result root(String... words) {
        return Docker.command("exec", "-u", "0", name).with(words).run();
    }

    JsonNode state() {
        return Docker.inspect(name).path("State");
    }

    boolean running() {
        return state().path("Running").asBoolean();
    }

    /// {@return the exit code, as soon as it has ended}
    int exitCode() {
        Await.until(name + " ends", START, () -> !running());
        return state().path("ExitCode").asInt();
    }

    /// {@return the time between start and end of the process, by the engine's own clock}
    Duration lifetime() {
        JsonNode state = state();
        return Duration.between(
                Instant.parse(state.path("StartedAt").asText()),
                Instant.parse(state.path("FinishedAt").asText()));
    }

    /// {@return the word that Docker has for its health: starting, healthy, unhealthy}
    String health() {
        return state().path("Health").path("Status").asText();
    }

    /// Stops it as `docker stop` does, with 30 s before the kill.
    Result stop() {
        return Docker.run("stop", "-t", "30", name);
    }

    /// {@return standard output so far}
    String output() {
        return Docker.command("logs", name).run().out();
    }

    /// {@return standard error so far}
    String errors() {
        return Docker.command("logs", name).run().err();
    }

    /// {@return the events of the log so far; each line has to be JSON}
    List<JsonNode> events() {
        return output().lines().map(Docker::json).toList();
    }

    /// {@return the first event whose `field` reads `value`, as soon as there is one}
    JsonNode event(String field, String value) {
        Await.until(
                "an event with " + field + "=" + value,
                Duration.ofSeconds(20),
                () -> find(field, value).isPresent());
        return find(field, value).orElseThrow();
    }

    Optional<JsonNode> find(String field, String value) {
        return events().stream()
                .filter(event -> event.path(field).asText().equals(value))
                .findFirst();
    }

    /// {@return the one line that it has said before it ended, an ERROR}
    JsonNode lastWords() {
        List<JsonNode> events = events();
        if (events.size() != 1 || !events.getFirst().path("log.level").asText().equals("ERROR")) {
            throw new AssertionError("one ERROR line is due, found:\n" + output() + errors());
        }
        return events.getFirst();
    }

    @Override
    public void close() {
        Result _ = Docker.command("rm", "-f", "-v", name).run();
    }
}
