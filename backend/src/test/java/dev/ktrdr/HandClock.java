package dev.ktrdr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that a test moves by hand. Threads may share it.
public final class HandClock extends Clock {

    private volatile Instant now;

    /// A clock that stands at `start`.
    public HandClock(Instant start) {
        this.now = start;
    }

    /// {@return a clock that stands at an arbitrary instant}
    public static HandClock anywhere() {
        return new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
    }

    /// Moves the clock.
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a hand-made clock stays in UTC");
    }
}
