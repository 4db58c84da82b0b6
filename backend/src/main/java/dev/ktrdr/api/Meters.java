package dev.ktrdr.api;

import dev.ktrdr.job.Operations;
import dev.ktrdr.operation.Health;
import dev.ktrdr.operation.State;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What an operator wants to be woken for, as numbers at `/metrics`.
@Singleton
final class Meters {

    void register(
            @Observes StartupEvent event,
            MeterRegistry registry,
            Health health,
            DataFolder folder,
            BarLake lake,
            Operations operations,
            Version version) {
        for (State state : State.values()) {
            Gauge.builder("ktrdr_health_state", health, it -> it.state() == state ? 1 : 0)
                    .description("1 for the state that the service is in, 0 for the others")
                    .tag("state", state.word())
                    .register(registry);
        }
        Gauge.builder("ktrdr_data_free", folder, it -> it.path().toFile().getUsableSpace())
                .description("room on the disk of the data folder")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("ktrdr_operations_active", operations, Operations::activeCount)
                .description("operations that wait or run")
                .register(registry);
        bars(registry, lake);
        Gauge.builder("ktrdr_build", () -> 1)
                .description("the version that runs")
                .tag("version", version.number())
                .register(registry);
    }

    private static void bars(MeterRegistry registry, BarLake lake) {
        Gauge.builder("ktrdr_bar_cache", lake, it -> it.cacheUse().bytes())
                .description("memory of the bars that are kept at hand")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("ktrdr_bar_cache_hits", lake, it -> it.cacheUse().hitCount())
                .description("questions for bars that were answered from memory")
                .register(registry);
        FunctionCounter.builder("ktrdr_bar_cache_misses", lake, it -> it.cacheUse().missCount())
                .description("questions for bars that had to read files")
                .register(registry);
    }
}
