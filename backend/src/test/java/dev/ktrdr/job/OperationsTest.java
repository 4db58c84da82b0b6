package dev.ktrdr.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.ktrdr.job.Operation.Failure;
import dev.ktrdr.job.Operation.Status;
import dev.ktrdr.job.Operations.Filter;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-31T14:30:00Z");

    record Outcome(int rowsKept) {}

    @TempDir Path folder;

    private Operations operations;

    private Operations open() {
        ObjectMapper wire = new ObjectMapper();
        wire.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        StateDatabase database = StateDatabase.open(folder.resolve("ktrdr.db"));
        return new Operations(database, wire, Clock.fixed(NOW, ZoneOffset.UTC), new Random(7), 1);
    }

    @BeforeEach
    void start() {
        operations = open();
    }

    @AfterEach
    void close() {
        operations.close();
    }

    private Operation end(Operation operation) throws InterruptedException {
        Operation seen = operation;
        while (!seen.status().isFinal()) {
            seen = operations.after(seen, LONG);
        }
        return seen;
    }

    @Test
    void resultIsRememberedInTheWordsOfTheWire() throws Exception {
        Operation begun =
                operations.start("data_import", Map.of("symbol", "SPX"), _ -> new Outcome(5104));
        assertThat(begun.id()).matches("op_data_import_20260131_143000_[0-9a-f]{8}");
        assertThat(begun.status()).isEqualTo(Status.PENDING);
        Operation ended = end(begun);
        assertThat(ended.status()).isEqualTo(Status.COMPLETED);
        assertThat(ended.result()).isEqualTo(Map.of("rows_kept", 5104));
        assertThat(ended.metadata()).isEqualTo(Map.of("symbol", "SPX"));
        assertThat(ended.position().percentage()).isEqualTo(100);
        assertThat(ended.completedAt()).contains(NOW);
    }

    @Test
    void endIsInTheDatabaseBeforeItIsTold() throws Exception {
        Operation ended = end(operations.start("a", Map.of(), _ -> new Outcome(1)));
        try (Operations next = open()) {
            assertThat(next.get(ended.id())).isEqualTo(ended);
        }
    }

    @Test
    void percentageMovesWithinTheStep() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Operation begun =
                operations.start(
                        "a",
                        Map.of(),
                        progress -> {
                            progress.step("reading", 10, 90);
                            progress.fact("detected", new Outcome(3));
                            progress.items(25, 100);
                            progress.warn("odd");
                            go.await();
                            return Map.of();
                        });
        Operation seen = begun;
        while (seen.warnings().isEmpty()) {
            seen = operations.after(seen, LONG);
        }
        assertThat(seen.status()).isEqualTo(Status.RUNNING);
        assertThat(seen.position().step()).isEqualTo("reading");
        assertThat(seen.position().percentage()).isEqualTo(30);
        assertThat(seen.position().itemCount()).isEqualTo(25);
        assertThat(seen.position().itemTotal()).isEqualTo(100);
        assertThat(seen.position().facts()).isEqualTo(Map.of("detected", Map.of("rows_kept", 3)));
        assertThat(operations.activeCount()).isEqualTo(1);
        go.countDown();
        assertThat(end(seen).warnings()).containsExactly("odd");
    }

    @Test
    void knownFaultFailsWithItsSentence() throws Exception {
        Operation ended =
                end(
                        operations.start(
                                "a",
                                Map.of(),
                                _ -> {
                                    throw new StoreException(Kind.INVALID, "no row is a bar");
                                }));
        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(ended.failure()).contains(new Failure("INVALID", "no row is a bar"));
        assertThat(ended.result()).isEmpty();
    }

    @Test
    void unknownFaultFailsWithoutTellingItsInside() throws Exception {
        Operation ended =
                end(
                        operations.start(
                                "a",
                                Map.of(),
                                _ -> {
                                    throw new AssertionError("secret");
                                }));
        assertThat(ended.failure().map(Failure::code)).contains("INTERNAL");
        assertThat(ended.failure().map(Failure::message).orElse(""))
                .contains(ended.id())
                .doesNotContain("secret");
    }

    /// Runs until somebody cancels it.
    private static Object endless(Progress progress) throws InterruptedException {
        while (true) {
            progress.checkCancelled();
            Thread.sleep(1);
        }
    }

    @Test
    void runningOneStopsWhereItAsks() throws Exception {
        Operation begun = operations.start("a", Map.of(), OperationsTest::endless);
        operations.after(begun, LONG);
        Operation ended = operations.cancel(begun.id(), "not needed", LONG);
        assertThat(ended.status()).isEqualTo(Status.CANCELLED);
        assertThat(ended.failure()).contains(new Failure("CANCELLED", "not needed"));
    }

    @Test
    void waitingOneIsCancelledAtOnceAndNeverBegins() throws Exception {
        Operation first = operations.start("a", Map.of(), OperationsTest::endless);
        boolean[] begun = new boolean[1];
        Operation second =
                operations.start(
                        "b",
                        Map.of(),
                        _ -> {
                            begun[0] = true;
                            return Map.of();
                        });
        assertThat(operations.cancel(second.id(), "no", Duration.ZERO).status())
                .isEqualTo(Status.CANCELLED);
        operations.cancel(first.id(), "no", LONG);
        end(operations.start("c", Map.of(), _ -> Map.of()));
        assertThat(begun[0]).isFalse();
        assertThat(operations.get(second.id()).startedAt()).isEmpty();
    }

    @Test
    void onlyWhatIsNotOverCanBeCancelled() throws Exception {
        Operation ended = end(operations.start("a", Map.of(), _ -> Map.of()));
        assertThatThrownBy(() -> operations.cancel(ended.id(), "", LONG))
                .hasMessageContaining("it is completed")
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(Kind.CONFLICT);
        assertThatThrownBy(() -> operations.cancel("op_x", "", LONG))
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    /// A process that is killed leaves its rows as they were, as here the second one does.
    @Test
    void whatAFormerProcessLeftUnfinishedHasFailed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Operation running =
                operations.start(
                        "a",
                        Map.of(),
                        _ -> {
                            go.await();
                            return Map.of();
                        });
        operations.after(running, LONG);
        Operation waiting = operations.start("b", Map.of(), _ -> Map.of());
        try (Operations next = open()) {
            for (Operation left : List.of(running, waiting)) {
                assertThat(next.get(left.id()).status()).isEqualTo(Status.FAILED);
                assertThat(next.get(left.id()).failure().map(Failure::message))
                        .contains("the service was stopped while it ran");
            }
        }
        go.countDown();
        end(waiting);
    }

    @Test
    void stopCancelsWhatRunsAndCloseTakesNoMore() throws Exception {
        Operation begun = operations.start("a", Map.of(), OperationsTest::endless);
        operations.after(begun, LONG);
        operations.stop();
        assertThat(end(begun).status()).isEqualTo(Status.CANCELLED);
        // A request that is in flight may still start one.
        Operation late = operations.start("b", Map.of(), _ -> Map.of());
        assertThat(end(late).status()).isEqualTo(Status.COMPLETED);
        operations.close();
        assertThatThrownBy(() -> operations.start("c", Map.of(), _ -> Map.of()))
                .hasMessage("the service is stopping");
        assertThat(operations.activeCount()).isZero();
    }

    @Test
    void listsByStatusAndTypeTheNewestFirst() throws Exception {
        for (String type : List.of("a", "b", "a")) {
            end(operations.start(type, Map.of(), _ -> Map.of()));
        }
        Operation running = operations.start("a", Map.of(), OperationsTest::endless);
        operations.after(running, LONG);
        assertThat(operations.list(Filter.ALL, 10, 0)).hasSize(4);
        assertThat(operations.list(Filter.ALL, 10, 3)).hasSize(1);
        assertThat(operations.list(Filter.ACTIVE, 10, 0))
                .extracting(Operation::id)
                .containsExactly(running.id());
        Filter done = new Filter(Optional.of(Status.COMPLETED), "a", false);
        assertThat(operations.list(done, 1, 0)).hasSize(1);
        assertThat(operations.count(done)).isEqualTo(2);
    }
}
