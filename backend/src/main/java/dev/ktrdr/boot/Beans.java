package dev.ktrdr.boot;

import dev.ktrdr.api.Version;
import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Access;
import dev.ktrdr.operation.Backup;
import dev.ktrdr.operation.Checks;
import dev.ktrdr.operation.Health;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;

/// The wiring: each object once, its collaborators in the constructor.
@Singleton
final class Beans {

    @Produces
    @Singleton
    Version version() {
        return Launch.current().version();
    }

    @Produces
    @Singleton
    Settings settings() {
        return Launch.current().settings();
    }

    @Produces
    @Singleton
    Logs logs() {
        return Launch.current().logs();
    }

    @Produces
    @Singleton
    DataFolder folder() {
        return Launch.current().folder();
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    StateDatabase database(DataFolder folder) {
        return StateDatabase.open(folder.database());
    }

    @Produces
    @Singleton
    BarLake lake(DataFolder folder) {
        return new BarLake(folder);
    }

    void closeLake(@Disposes BarLake lake) {
        lake.close();
    }

    @Produces
    @Singleton
    Access access(Settings settings, DataFolder folder) throws IOException {
        return Access.of(settings, folder.secrets(), InstantSource.system());
    }

    @Produces
    @Singleton
    Backup backup(DataFolder folder, StateDatabase database, Version version, Clock clock) {
        return new Backup(folder, database, version.number(), clock);
    }

    @Produces
    @Singleton
    Health health(Settings settings, DataFolder folder, StateDatabase database, Logs logs) {
        return new Health(Checks.of(settings, folder, database, logs), InstantSource.system());
    }

    void closeHealth(@Disposes Health health) {
        health.close();
    }
}
