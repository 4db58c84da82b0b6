package dev.ktrdr.job;

import dev.ktrdr.job.Operation.Position;
import dev.ktrdr.job.Operation.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// An operation that is not over yet: the newest snapshot, and those who wait for a newer one.
final class Live implements Progress {

    private final Task task;
    private final UnaryOperator<Object> plain;
    private Operation current;
    private Optional<String> cancelReason = Optional.empty();
    private int from;
    private int to = 100;

    /// A live operation.
    ///
    /// @param created its first snapshot
    /// @param task what it does
    /// @param plain makes JSON values of what a task tells
    Live(Operation created, Task task, UnaryOperator<Object> plain) {
        this.current = created;
        this.task = task;
        this.plain = plain;
    }

    Task task() {
        return task;
    }

    synchronized Operation current() {
        return current;
    }

    /// Replaces the snapshot and wakes who waits.
    synchronized Operation change(UnaryOperator<Operation> how) {
        current = how.apply(current);
        notifyAll();
        return current;
    }

    /// {@return the snapshot that follows `seen`, or the same one when `patience` is over}
    synchronized Operation after(Operation seen, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (current.equals(seen) && left > 0) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return current;
    }

    /// Lets the work begin, unless it was cancelled before its turn.
    ///
    /// @return whether it may
    synchronized boolean begin(Instant now) {
        if (cancelReason.isEmpty()) {
            change(operation -> operation.running(now));
        }
        return cancelReason.isEmpty();
    }

    /// Asks the work to stop; the first reason stays.
    ///
    /// @return whether the work will never begin for this, so that the caller has to end it
    synchronized boolean cancel(String reason) {
        if (cancelReason.isPresent()) {
            return false;
        }
        cancelReason = Optional.of(reason);
        return current.status() == Status.PENDING;
    }

    synchronized Optional<String> cancelReason() {
        return cancelReason;
    }

    @Override
    public synchronized void checkCancelled() {
        if (cancelReason.isPresent()) {
            throw new CancelledException();
        }
    }

    @Override
    public synchronized void step(String name, int start, int end) {
        if (start < 0 || end < start || end > 100) {
            throw new IllegalArgumentException(
                    "a step must lie in 0 to 100, was %d to %d".formatted(start, end));
        }
        from = start;
        to = end;
        move(new Position(start, name, 0, 0, current.position().facts()));
    }

    @Override
    public synchronized void items(long count, long total) {
        double share = total > 0 ? Math.clamp((double) count / total, 0, 1) : 0;
        Position before = current.position();
        double percentage = from + share * (to - from);
        move(new Position(percentage, before.step(), count, total, before.facts()));
    }

    @Override
    public synchronized void fact(String name, Object value) {
        Position before = current.position();
        Map<String, Object> facts = new LinkedHashMap<>(before.facts());
        facts.put(name, plain.apply(value));
        move(
                new Position(
                        before.percentage(),
                        before.step(),
                        before.itemCount(),
                        before.itemTotal(),
                        facts));
    }

    @Override
    public synchronized void warn(String sentence) {
        List<String> warnings = new ArrayList<>(current.warnings());
        warnings.add(sentence);
        change(operation -> operation.at(operation.position(), warnings));
    }

    private void move(Position place) {
        if (current.status() != Status.RUNNING) {
            throw new IllegalStateException("the operation is " + current.status().word());
        }
        change(operation -> operation.at(place, operation.warnings()));
    }
}
