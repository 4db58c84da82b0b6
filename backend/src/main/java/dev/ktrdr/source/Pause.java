package dev.ktrdr.source;

import java.time.Duration;

/// How to let time pass: a thread sleeps, a test moves its clock.
interface Pause {

    /// Returns after `time`.
    void of(Duration time) throws InterruptedException;
}
