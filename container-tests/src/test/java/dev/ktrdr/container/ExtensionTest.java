package dev.ktrdr.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.container.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rubric 40. Images that users build upon ours.
@WithEngine
class ExtensionTest {

    private static String build(Path folder, String dockerfile) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), dockerfile);
        String tag = Docker.freshName();
        Docker.build(true, "--label", Docker.LABEL, "-t", tag, folder.toString()).run().fine();
        return tag;
    }

    private static List<String> development() {
        return List.of("-p", "127.0.0.1::8000", "-e", "ENVIRONMENT=development");
    }

    /// Once the parent ended as a user that cannot install anything, and the guide did not say so.
    @Test
    @Tag("slow")
    void packageOfDebianCanBeAdded(@TempDir Path folder) throws IOException {
        String tag =
                build(
                        folder,
                        """
                        FROM %s
                        USER root
                        RUN apt-get update \\
                         && apt-get install -y --no-install-recommends jq \\
                         && rm -rf /var/lib/apt/lists/*
                        USER ktrdr
                        """
                                .formatted(Docker.IMAGE));
        try (Container service = Container.run(tag, development())) {
            service.awaitServing();
            Await.until(
                    "healthy", Duration.ofSeconds(30), () -> service.health().equals("healthy"));
            assertThat(service.exec("id", "-un").text()).isEqualTo("ktrdr");
            assertThat(service.exec("jq", "--version").code()).isZero();
        }
    }

    @Test
    void configurationAndPluginsCanBeAdded(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("application.yaml"), "log:\n  format: text\n");
        String tag =
                build(
                        folder,
                        """
                        FROM %s
                        COPY application.yaml /home/ktrdr/app/config/
                        """
                                .formatted(Docker.IMAGE));
        try (Container service = Container.run(tag, development())) {
            service.awaitServing();
            assertThat(service.output()).doesNotContain("{\"@timestamp\"");
            assertThat(service.exec("id", "-u").text()).isEqualTo("1000");
        }
    }

    /// The start-up cache may not run the old code of a replaced jar (JDK-8377932).
    @Test
    void replacedProgramIsWhatRuns(@TempDir Path folder) throws IOException {
        String name = Docker.tool("ls", "/home/ktrdr/app/app").fine().text();
        String inside = "/home/ktrdr/app/app/" + name;
        Path jar = folder.resolve(name);
        try (Container source = Container.created(Docker.IMAGE)) {
            Result _ = Docker.run("cp", source.name() + ":" + inside, jar.toString());
        }
        Jars.replaceText(
                jar,
                "dev/ktrdr/boot/Main.class",
                "a self-hosted neuro-fuzzy trading backend",
                "A SELF-HOSTED NEURO-FUZZY TRADING BACKEND");
        try (Container replaced = Container.created(Docker.IMAGE, "--help")) {
            Result _ = Docker.run("cp", jar.toString(), replaced.name() + ":" + inside);
            replaced.start();
            assertThat(replaced.exitCode()).isZero();
            assertThat(replaced.output()).contains("A SELF-HOSTED NEURO-FUZZY TRADING BACKEND");
        }
    }

    /// Rubric 19. With this option Java refuses to start without its cache.
    @Test
    void startUpCacheFitsTheProgramAndIsUsed() {
        try (Container service =
                Container.serving("-e", "JAVA_OPTS_APPEND=-XX:AOTMode=on -Xlog:aot=warning")) {
            assertThat(service.errors()).isEmpty();
            String maps = service.exec("sh", "-c", "cat /proc/$(pgrep java)/maps").fine().out();
            assertThat(maps).contains("ktrdr.aot");
        }
    }

    /// A cache that is gone costs time and nothing else.
    @Test
    void serviceStartsWithoutItsCache(@TempDir Path folder) throws IOException {
        String tag =
                build(
                        folder,
                        """
                        FROM %s
                        USER root
                        RUN rm /home/ktrdr/app/ktrdr.aot
                        USER ktrdr
                        """
                                .formatted(Docker.IMAGE));
        try (Container service = Container.run(tag, development())) {
            service.awaitServing();
            assertThat(service.errors()).isEmpty();
        }
    }
}
