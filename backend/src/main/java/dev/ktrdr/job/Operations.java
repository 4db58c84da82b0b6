package dev.ktrdr.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.job.Operation.Failure;
import dev.ktrdr.job.Operation.Position;
import dev.ktrdr.job.Operation.Status;
import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/// All operations: those that run, those that wait, and those that are over.
///
/// A few run at once, each on a virtual thread, in the order in which they were asked for.
/// Cancelling is asking: the task stops where nothing is left half done. Threads may share it.
public final class Operations implements AutoCloseable {

    /// Which operations to list.
    ///
    /// @param status only these, all if empty
    /// @param type only these, all if it is the empty text
    /// @param activeOnly only those that wait or run
    public record Filter(Optional<Status> status, String type, boolean activeOnly) {

        /// Every operation.
        public static final Filter ALL = new Filter(Optional.empty(), "", false);

        /// Those that wait or run.
        public static final Filter ACTIVE = new Filter(Optional.empty(), "", true);
    }

    private static final Logger LOG = Logger.getLogger(Operations.class);
    private static final String STOPPED = "the service was stopped while it ran";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final OperationTable table;
    private final ObjectMapper wire;
    private final Clock clock;
    private final RandomGenerator random;
    private final ExecutorService threads;
    private final Map<String, Live> lives = new ConcurrentHashMap<>();

    /// The operations in `database`. What a former process left unfinished has failed.
    ///
    /// @param database where they are kept
    /// @param wire how results and facts become JSON
    /// @param clock for their times
    /// @param random for their identifiers
    /// @param atOnce how many may run at the same time, at least 1
    public Operations(
            StateDatabase database,
            ObjectMapper wire,
            Clock clock,
            RandomGenerator random,
            int atOnce) {
        this.table = new OperationTable(database);
        this.wire = wire;
        this.clock = clock;
        this.random = random;
        this.threads =
                Executors.newFixedThreadPool(
                        atOnce, Thread.ofVirtual().name("operation-", 1).factory());
        table.forgetOldest();
        for (Operation left : table.list(Filter.ACTIVE, Integer.MAX_VALUE, 0)) {
            table.save(left.failed(clock.instant(), new Failure(Kind.UNAVAILABLE.name(), STOPPED)));
        }
    }

    /// Starts `task` as soon as it is its turn.
    ///
    /// @param type what kind of work, in lower case with underscores
    /// @param metadata what it is asked to do, for people and programs; plain JSON values
    /// @param task the work
    /// @return the operation, which is remembered from now on
    /// @throws StoreException of kind UNAVAILABLE if the service is stopping or cannot remember it
    public Operation start(String type, Map<String, Object> metadata, Task task) {
        Instant now = clock.instant();
        String hex = "%08x".formatted(random.nextInt());
        Operation created =
                new Operation(
                        "op_" + type + "_" + STAMP.format(now) + "_" + hex,
                        type,
                        Status.PENDING,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Position.START,
                        metadata,
                        Optional.empty(),
                        Map.of(),
                        List.of());
        table.save(created);
        Live live = new Live(created, task, value -> wire.convertValue(value, Object.class));
        lives.put(created.id(), live);
        try {
            threads.execute(() -> run(live));
        } catch (RejectedExecutionException e) {
            finish(live, live.current().failed(now, new Failure(Kind.UNAVAILABLE.name(), STOPPED)));
            throw new StoreException(Kind.UNAVAILABLE, "the service is stopping", e);
        }
        return created;
    }

    private void run(Live live) {
        if (!live.begin(clock.instant())) {
            return;
        }
        Operation begun = live.current();
        Operation end;
        try {
            table.save(begun);
            Map<String, Object> result = wire.convertValue(live.task().run(live), OBJECT);
            end = live.current().completed(clock.instant(), result);
        } catch (Progress.CancelledException e) {
            end = live.current().cancelled(clock.instant(), reason(live));
        } catch (StoreException e) {
            Failure why = new Failure(e.kind().name(), String.valueOf(e.getMessage()));
            end = live.current().failed(clock.instant(), why);
        } catch (Throwable e) { // whatever a task throws, its operation has to end
            LOG.error("an operation failed: " + begun.id(), e);
            String sentence = "something went wrong here; the log has more by " + begun.id();
            Failure why = new Failure("INTERNAL", sentence);
            end = live.current().failed(clock.instant(), why);
        }
        finish(live, end);
    }

    private static String reason(Live live) {
        return live.cancelReason().orElse("cancelled");
    }

    /// The end is kept first and told then. If it cannot be kept, memory has it until the stop.
    private void finish(Live live, Operation end) {
        boolean kept = true;
        live.task().over();
        try {
            table.save(end);
        } catch (StoreException e) {
            kept = false;
            LOG.error("the end of an operation cannot be kept: " + end.id(), e);
        }
        live.change(_ -> end);
        if (kept) {
            lives.remove(end.id());
        }
        Severity severity = end.status() == Status.FAILED ? Severity.WARNING : Severity.INFO;
        String why = end.failure().map(failure -> ": " + failure.message()).orElse("");
        Map<String, Object> fields =
                Map.of(
                        "ktrdr.operation.id", end.id(),
                        "ktrdr.operation.metadata", end.metadata(),
                        "event.duration", end.duration(clock.instant()).toNanos());
        String sentence = "operation " + end.type() + " " + end.status().word() + why;
        Event.log("dev.ktrdr.job", severity, sentence, fields);
    }

    /// {@return the operation `id`}
    ///
    /// @throws StoreException of kind NOT_FOUND if there is none
    public Operation get(String id) {
        Live live = lives.get(id);
        if (live != null) {
            return live.current();
        }
        return table.get(id)
                .orElseThrow(
                        () -> new StoreException(Kind.NOT_FOUND, "there is no operation " + id));
    }

    /// {@return the snapshot that follows `seen`, or the newest one when `patience` is over}
    ///
    /// @throws InterruptedException if the waiting thread is
    public Operation after(Operation seen, Duration patience) throws InterruptedException {
        Live live = lives.get(seen.id());
        return live == null ? get(seen.id()) : live.after(seen, patience);
    }

    /// {@return those that fit, the newest first}
    ///
    /// @param filter which ones
    /// @param limit at most so many
    /// @param offset after leaving out so many
    public List<Operation> list(Filter filter, int limit, int offset) {
        return table.list(filter, limit, offset).stream()
                .map(
                        stored -> {
                            Live live = lives.get(stored.id());
                            return live == null ? stored : live.current();
                        })
                .toList();
    }

    /// {@return how many fit}
    public int count(Filter filter) {
        return table.count(filter);
    }

    /// {@return how many wait or run now}
    public int activeCount() {
        return lives.size();
    }

    /// Asks an operation to stop, and waits a while until it has.
    ///
    /// @param id of the operation
    /// @param reason for people
    /// @param patience how long to wait
    /// @return it, which may still run when `patience` is over
    /// @throws StoreException of kind NOT_FOUND if there is none, of kind CONFLICT if it was over
    /// @throws InterruptedException if the waiting thread is
    public Operation cancel(String id, String reason, Duration patience)
            throws InterruptedException {
        Live live = lives.get(id);
        if (live == null || live.current().status().isFinal()) {
            throw new StoreException(
                    Kind.CONFLICT, id + " cannot be cancelled, it is " + get(id).status().word());
        }
        cancel(live, reason);
        long end = System.nanoTime() + patience.toNanos();
        Operation seen = live.current();
        while (!seen.status().isFinal() && System.nanoTime() < end) {
            seen = live.after(seen, Duration.ofNanos(end - System.nanoTime()));
        }
        return seen;
    }

    private void cancel(Live live, String reason) {
        if (live.cancel(reason)) {
            finish(live, live.current().cancelled(clock.instant(), reason));
        }
    }

    /// Asks every operation to stop that was started by now; does not wait. More are still taken,
    /// since a request that is in flight may start one.
    public void stop() {
        lives.values().forEach(live -> cancel(live, STOPPED));
    }

    /// Stops and waits some seconds. What runs even then has failed at the next start.
    @Override
    public void close() {
        threads.shutdown();
        stop();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("operations still run at the end of the service");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
