package dev.ktrdr.api;

import dev.ktrdr.operation.Health;
import dev.ktrdr.operation.State;
import dev.ktrdr.store.DataFolder;
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
        Gauge.builder("ktrdr_build", () -> 1)
                .description("the version that runs")
                .tag("version", version.number())
                .register(registry);
    }
}
