package dev.ktrdr.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Does the same to several things at once.
final class Workers {

    /// Each holds the bars of some files, so that more would take too much memory.
    private static final int THREADS_MAX = 4;

    private Workers() {}

    /// What is done to each thing.
    interface Work<T, R> {
        R on(T thing) throws IOException, SQLException;
    }

    /// Does `work` on all of `things`. If one fails, the others are given up.
    ///
    /// @param done is told each result, in the order of the things, on the thread of the caller
    static <T, R> void each(Collection<T> things, Work<T, R> work, Consumer<R> done)
            throws IOException, SQLException {
        int threads = Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors());
        if (threads == 1 || things.size() <= 1) {
            for (T thing : things) {
                done.accept(work.on(thing));
            }
            return;
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            try {
                List<Future<R>> results = new ArrayList<>();
                for (T thing : things) {
                    results.add(workers.submit(() -> work.on(thing)));
                }
                for (Future<R> result : results) {
                    done.accept(await(result));
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static <R> R await(Future<R> result) throws IOException, SQLException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
                case null -> throw new IllegalStateException(e);
            }
        }
    }
}
