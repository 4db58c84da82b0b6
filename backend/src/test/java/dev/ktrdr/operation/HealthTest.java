package dev.ktrdr.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.HandClock;
import dev.ktrdr.operation.Check.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {

    private final HandClock clock = HandClock.anywhere();
    private volatile State first = State.OK;
    private volatile State second = State.OK;

    private Health health() {
        return new Health(
                List.of(
                        new Check("first", () -> new Result(first, "seen by first")),
                        new Check("second", () -> new Result(second, "seen by second"))),
                clock);
    }

    @Test
    void serviceIsStartingUntilTheChecksHaveRun() {
        try (Health health = health()) {
            assertThat(health.state()).isEqualTo(State.STARTING);
            assertThat(health.state().serving()).isFalse();
            assertThat(health.live()).isTrue();
            health.start();
            assertThat(health.state()).isEqualTo(State.OK);
            assertThat(health.state().serving()).isTrue();
        }
    }

    @Test
    void longStartIsNotTakenForAHang() {
        try (Health health = health()) {
            clock.advance(Duration.ofHours(1));
            assertThat(health.live()).isTrue();
            assertThat(health.state()).isEqualTo(State.STARTING);
        }
    }

    @Test
    void worstCheckIsTheStateOfTheService() {
        try (Health health = health()) {
            health.start();
            second = State.DEGRADED;
            health.look();
            assertThat(health.state()).isEqualTo(State.DEGRADED);
            assertThat(health.state().serving()).isTrue();
            first = State.UNHEALTHY;
            health.look();
            assertThat(health.state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.state().serving()).isFalse();
            first = State.OK;
            second = State.OK;
            health.look();
            assertThat(health.state()).isEqualTo(State.OK);
        }
    }

    @Test
    void resultsStandInTheOrderOfTheChecks() {
        try (Health health = health()) {
            assertThat(health.results()).isEmpty();
            health.start();
            assertThat(health.results())
                    .containsExactly(
                            Map.entry("first", new Result(State.OK, "seen by first")),
                            Map.entry("second", new Result(State.OK, "seen by second")));
        }
    }

    @Test
    void probeReadsTheLastResultAndRunsNothing() {
        AtomicInteger runs = new AtomicInteger();
        Check counting =
                new Check(
                        "counting",
                        () -> {
                            runs.incrementAndGet();
                            return new Result(State.OK, "");
                        });
        try (Health health = new Health(List.of(counting), clock)) {
            health.start();
            int before = runs.get();
            for (int i = 0; i < 10_000; i++) {
                health.state();
                health.results();
                health.live();
            }
            // At most the schedule itself has run it in between.
            assertThat(runs.get() - before).isLessThan(5);
        }
    }

    @Test
    void checkThatThrowsIsUnhealthyAndTellsWhy() {
        Check broken =
                new Check(
                        "broken",
                        () -> {
                            throw new java.io.IOException("the disk is gone");
                        });
        try (Health health = new Health(List.of(broken), clock)) {
            health.start();
            assertThat(health.state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.results().get("broken"))
                    .isEqualTo(new Result(State.UNHEALTHY, "the disk is gone"));
        }
    }

    /// The checks hang when the last results grow old: ten rounds are allowed, no more.
    @Test
    void resultsThatGrowOldAreUnhealthyAndRecover() {
        try (Health health = health()) {
            health.start();
            clock.advance(Health.INTERVAL.multipliedBy(10));
            assertThat(health.live()).isTrue();
            health.look();
            clock.advance(Health.INTERVAL.multipliedBy(10).plusMillis(1));
            assertThat(health.state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.live()).isFalse();
            health.look();
            assertThat(health.state()).isEqualTo(State.OK);
            assertThat(health.live()).isTrue();
        }
    }

    /// As above, with a check that really never comes back.
    @Tag("slow")
    @Test
    void checkThatHangsTurnsTheServiceUnhealthyWhileProbesStillAnswer() throws Exception {
        var release = new java.util.concurrent.CountDownLatch(1);
        var inside = new java.util.concurrent.CountDownLatch(2);
        Check hanging =
                new Check(
                        "hanging",
                        () -> {
                            inside.countDown();
                            if (inside.getCount() == 0) {
                                release.await();
                            }
                            return new Result(State.OK, "");
                        });
        try (Health health = new Health(List.of(hanging), clock)) {
            health.start();
            inside.await();
            assertThat(health.state()).isEqualTo(State.OK);
            clock.advance(Duration.ofSeconds(21));
            assertThat(health.state()).isEqualTo(State.UNHEALTHY);
            assertThat(health.live()).isFalse();
            release.countDown();
        }
    }

    @Test
    void stoppingWinsOverEverything() {
        try (Health health = health()) {
            health.start();
            first = State.UNHEALTHY;
            health.stopping();
            health.look();
            assertThat(health.state()).isEqualTo(State.STOPPING);
            clock.advance(Duration.ofHours(1));
            assertThat(health.state()).isEqualTo(State.STOPPING);
            assertThat(health.live()).as("it lives until it ends").isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyOkAndDegradedAreServed(State state) {
        assertThat(state.serving()).isEqualTo(state == State.OK || state == State.DEGRADED);
        assertThat(state.word()).isLowerCase();
    }
}
