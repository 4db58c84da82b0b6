package dev.ktrdr.operation;

import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The state of the service.
///
/// The checks run one after the other on a thread of their own every few seconds; a probe only
/// reads the last result and can never pile up behind a slow disk. If the checks themselves hang,
/// the results grow old, and old results are unhealthy. Threads may share it.
public final class Health implements AutoCloseable {

    /// Time between two rounds of checks.
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration AGE_MAX = INTERVAL.multipliedBy(10);

    private record Round(Map<String, Check.Result> results, long atMillis) {}

    private final List<Check> checks;
    private final InstantSource clock;
    private final ScheduledExecutorService rounds;
    private volatile State phase = State.STARTING;
    private volatile Round last;

    /// Health by `checks`, which run with [#start].
    ///
    /// @param checks what to look at
    /// @param clock tells the age of results
    public Health(List<Check> checks, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.clock = clock;
        this.last = new Round(Map.of(), clock.millis());
        this.rounds =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("health").factory());
    }

    /// Runs the checks once, now, and from then on by schedule. The service is no longer starting.
    public void start() {
        look();
        phase = State.OK;
        long millis = INTERVAL.toMillis();
        var _ = rounds.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// From here on the service is stopping.
    public void stopping() {
        phase = State.STOPPING;
    }

    /// {@return the state of the whole service}
    public State state() {
        if (phase != State.OK) {
            return phase;
        }
        if (clock.millis() - last.atMillis() > AGE_MAX.toMillis()) {
            return State.UNHEALTHY;
        }
        return worst(last);
    }

    /// {@return the last result of each check, in the order of the checks}
    public Map<String, Check.Result> results() {
        return last.results();
    }

    /// {@return whether the process itself lives: false only when its checks hang}
    public boolean live() {
        return phase != State.OK || clock.millis() - last.atMillis() <= AGE_MAX.toMillis();
    }

    /// Runs every check now.
    void look() {
        Map<String, Check.Result> results = new LinkedHashMap<>();
        checks.forEach(check -> results.put(check.name(), check.run()));
        Round before = last;
        Round now = new Round(Collections.unmodifiableMap(results), clock.millis());
        last = now;
        if (worst(before) != worst(now)) {
            report(now);
        }
    }

    private static State worst(Round round) {
        return round.results().values().stream()
                .map(Check.Result::status)
                .max(Comparator.naturalOrder())
                .orElse(State.OK);
    }

    private static void report(Round round) {
        State state = worst(round);
        Severity severity =
                switch (state) {
                    case OK -> Severity.INFO;
                    case DEGRADED -> Severity.WARNING;
                    default -> Severity.ERROR;
                };
        Map<String, Object> bad = new LinkedHashMap<>();
        round.results()
                .forEach(
                        (name, result) -> {
                            if (result.status() != State.OK) {
                                bad.put("ktrdr.check." + name, result.detail());
                            }
                        });
        Event.log("dev.ktrdr.health", severity, "health is " + state.word(), bad);
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
