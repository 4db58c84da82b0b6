package dev.ktrdr.container;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting for something to become true, in small steps.
final class Await {

    private static final Duration STEP = Duration.ofMillis(40);

    private Await() {}

    /// Returns as soon as `condition` holds.
    ///
    /// @param what is awaited, for the message
    /// @param limit time after which waiting has failed
    /// @param condition asked every 40 ms
    static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            pause();
        }
    }

    /// {@return the shortest of three runs of `work`}: one slow run tells of the machine, three
    /// slow ones of the program.
    static Duration bestOfThree(Supplier<Duration> work) {
        Duration best = work.get();
        for (int i = 1; i < 3; i++) {
            Duration next = work.get();
            best = next.compareTo(best) < 0 ? next : best;
        }
        return best;
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
