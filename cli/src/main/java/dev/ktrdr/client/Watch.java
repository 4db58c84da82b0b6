package dev.ktrdr.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Ends an exchange in which the service has been silent for a while.
///
/// A deadline for the whole would cut a large backup on a slow line, and the timeout of the HTTP
/// client ends where the body begins; so it is silence that is measured, and only while we wait
/// for the service: not while a file is read or a slow pipe is written. Threads may share it.
final class Watch implements AutoCloseable {

    private final long patienceNanos;
    private final Thread thread;
    private volatile long waitingSinceNanos = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile boolean expired;
    private Runnable end = () -> {};

    private Watch(Duration patience) {
        patienceNanos = patience.toNanos();
        thread = Thread.ofPlatform().daemon().name("ktrdr-watch").unstarted(this::run);
    }

    /// {@return a watch that runs until it is closed}
    static Watch start(Duration patience) {
        var watch = new Watch(patience);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            for (long left = patienceNanos; left > 0; ) {
                Thread.sleep(Duration.ofNanos(left));
                long waited = System.nanoTime() - waitingSinceNanos;
                left = waiting ? patienceNanos - waited : patienceNanos;
            }
            expire();
        } catch (InterruptedException e) {
            // closed: nobody waits any more
        }
    }

    private synchronized void expire() {
        expired = true;
        end.run();
    }

    /// From now on `end` is what ends the exchange.
    synchronized void onSilence(Runnable end) {
        this.end = end;
        if (expired) {
            end.run();
        }
    }

    /// {@return whether the exchange was ended by silence}
    boolean expired() {
        return expired;
    }

    private void waiting(boolean now) {
        waitingSinceNanos = System.nanoTime();
        waiting = now;
    }

    /// {@return what the service sends, which is waited for in its reads}
    InputStream incoming(InputStream stream) {
        waiting(false);
        return new Switching(stream, true);
    }

    /// {@return what we send; the service is waited for between its reads}
    InputStream outgoing(InputStream stream) {
        return new Switching(stream, false);
    }

    /// A stream whose reads start or stop the wait for the service.
    private final class Switching extends FilterInputStream {

        private final boolean waitingInside;

        Switching(InputStream stream, boolean waitingInside) {
            super(stream);
            this.waitingInside = waitingInside;
        }

        @Override
        public int read() throws IOException {
            waiting(waitingInside);
            return outside(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            waiting(waitingInside);
            return outside(super.read(bytes, offset, length));
        }

        /// A stream closed by another thread may read as if it had ended well.
        private int outside(int read) throws IOException {
            waiting(!waitingInside);
            if (expired) {
                throw new IOException("silent for too long");
            }
            return read;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
