package dev.ktrdr.container;

import dev.ktrdr.container.Command.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips the tests where no engine answers, builds the image once before the first of them, and
/// sweeps up after each class, so that what a failed test has left cannot harm another: a container
/// keeps its image, its port and its volumes busy.
///
/// In CI (the variable CI is `true`) a missing engine is an error: tests that silently do not run
/// are worse than none. With KTRDR_TEST_SKIP_BUILD=true the image is taken as it is.
final class EngineExtension implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(EngineExtension.class);

    /// The image is built; closed by JUnit at the very end.
    private record Built() implements AutoCloseable {
        @Override
        public void close() {
            Docker.sweep();
        }
    }

    private record Answer(boolean alive, String words) {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Answer answer =
                context.getRoot()
                        .getStore(SPACE)
                        .computeIfAbsent(Answer.class, _ -> ask(), Answer.class);
        if (answer.alive()) {
            return ConditionEvaluationResult.enabled(answer.words());
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI without an engine: " + answer.words());
        }
        return ConditionEvaluationResult.disabled("no Docker engine answers: " + answer.words());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Built _ =
                context.getRoot()
                        .getStore(SPACE)
                        .computeIfAbsent(Built.class, _ -> build(), Built.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Docker.sweepContainers();
    }

    private static Answer ask() {
        try {
            Result version =
                    Docker.command("version", "--format", "{{.Server.Version}}")
                            .withLimit(Duration.ofSeconds(20))
                            .run();
            boolean alive = version.code() == 0;
            return new Answer(alive, alive ? version.text() : version.err().strip());
        } catch (UncheckedIOException noProgram) {
            return new Answer(false, "there is no program docker");
        }
    }

    private static Built build() {
        if (!"true".equals(System.getenv("KTRDR_TEST_SKIP_BUILD"))) {
            // The same builder that `docker build .` takes for a user.
            Result _ =
                    Command.of(List.of("docker", "build", "-t", Docker.IMAGE, "."))
                            .withLimit(Duration.ofMinutes(12))
                            .run()
                            .fine();
        }
        return new Built();
    }
}
