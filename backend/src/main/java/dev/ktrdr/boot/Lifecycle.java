package dev.ktrdr.boot;

import dev.ktrdr.api.Version;
import dev.ktrdr.job.Operations;
import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.operation.Health;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.setting.Value;
import dev.ktrdr.source.Inbox;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Says in the log what was started, with which settings, and that it is stopping.
@Singleton
final class Lifecycle {

    private final Health health;
    private final Operations operations;
    private final Inbox inbox;
    private final Settings settings;
    private final Version version;

    Lifecycle(
            Health health, Operations operations, Inbox inbox, Settings settings, Version version) {
        this.inbox = inbox;
        this.operations = operations;
        this.health = health;
        this.settings = settings;
        this.version = version;
    }

    void begin(@Observes StartupEvent event) {
        health.start();
    }

    /// Only now is the port ours.
    void listening(@ObservesAsync HttpServerStart event) {
        for (String warning : settings.warnings()) {
            Event.log("dev.ktrdr.setting", Severity.WARNING, warning, Map.of());
        }
        Event.log(Event.LIFECYCLE, Severity.INFO, "started KTRDR " + version.number(), facts());
        int seconds = settings.whole(Catalogue.INBOX_SECONDS);
        if (seconds > 0) {
            inbox.watch(Duration.ofSeconds(seconds));
        }
    }

    /// The first thing after a stop signal: health falls, while the port still answers.
    void stopping(@Observes ShutdownDelayInitiatedEvent event) {
        health.stopping();
        operations.stop();
        Event.log(Event.LIFECYCLE, Severity.INFO, "stopping", Map.of());
    }

    private Map<String, Object> facts() {
        Runtime runtime = Runtime.getRuntime();
        String collectors =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", "));
        Map<String, Object> effective = new LinkedHashMap<>();
        for (Value value : settings.values()) {
            effective.put(value.setting().name(), value.shown() + " (" + value.origin() + ")");
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("process.pid", ProcessHandle.current().pid());
        facts.put("ktrdr.jdk", System.getProperty("java.vm.version"));
        facts.put("ktrdr.collector", collectors);
        facts.put("ktrdr.heap_max_mb", runtime.maxMemory() / 1_000_000);
        facts.put("ktrdr.cpus", runtime.availableProcessors());
        facts.put(
                "ktrdr.start_ms",
                System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
        facts.put("ktrdr.settings", effective);
        return facts;
    }
}
