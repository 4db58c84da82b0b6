package dev.ktrdr.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.api.Version;
import dev.ktrdr.job.Derivation;
import dev.ktrdr.job.Downloader;
import dev.ktrdr.job.FileImport;
import dev.ktrdr.job.InboxImport;
import dev.ktrdr.job.Operations;
import dev.ktrdr.job.QualityReports;
import dev.ktrdr.job.Rejects;
import dev.ktrdr.job.SourceDownload;
import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Access;
import dev.ktrdr.operation.Backup;
import dev.ktrdr.operation.Checks;
import dev.ktrdr.operation.Health;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.InstrumentFile;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.source.Inbox;
import dev.ktrdr.source.Klines;
import dev.ktrdr.source.Notice;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// The wiring: each object once, its collaborators in the constructor.
@Singleton
final class Beans {

    private static final String SOURCE = "dev.ktrdr.source";

    /// One reads while another writes; more would only share the memory and the disk.
    private static final int OPERATIONS_AT_ONCE = 2;

    private static final long MB = 1_000_000;

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
    InstrumentFile instrumentFile(Settings settings) {
        return InstrumentFile.read(
                settings.folder(Catalogue.CONFIG_DIR).resolve("instruments.yaml"));
    }

    @Produces
    @Singleton
    BarLake lake(
            Settings settings,
            DataFolder folder,
            StateDatabase database,
            InstrumentFile instruments) {
        return new BarLake(
                folder,
                database,
                symbol -> instruments.instruments().of(symbol).signed(),
                settings.whole(Catalogue.BAR_CACHE_MB) * MB);
    }

    void closeLake(@Disposes BarLake lake) {
        lake.close();
    }

    @Produces
    @Singleton
    Operations operations(StateDatabase database, ObjectMapper wire, Clock clock) {
        return new Operations(database, wire, clock, new SecureRandom(), OPERATIONS_AT_ONCE);
    }

    void closeOperations(@Disposes Operations operations) {
        operations.close();
    }

    @Produces
    @Singleton
    Rejects rejects(DataFolder folder) {
        return new Rejects(folder.rejects(), InstantSource.system());
    }

    @Produces
    @Singleton
    QualityReports quality(
            BarLake lake,
            StateDatabase database,
            InstrumentFile instruments,
            ObjectMapper json,
            Clock clock) {
        return new QualityReports(lake, database, instruments.instruments(), json, clock);
    }

    @Produces
    @Singleton
    Derivation derivation(BarLake lake, InstrumentFile instruments, Clock clock) {
        return new Derivation(lake, instruments.instruments(), clock);
    }

    @Produces
    @Singleton
    FileImport files(
            BarLake lake, QualityReports quality, Rejects rejects, ObjectMapper json, Clock clock) {
        return new FileImport(
                lake,
                (file, sink) -> lake.readParquet(file, sink::row),
                quality,
                rejects,
                json,
                clock);
    }

    @Produces
    @Singleton
    Downloader downloader(Settings settings, BarLake lake, Clock clock) {
        String address = settings.text(Catalogue.KLINES_URL);
        if (address.isEmpty()) {
            return (_, _, _) -> {
                throw new StoreException(
                        Kind.UNAVAILABLE, "there is no source of bars; set KTRDR_KLINES_URL");
            };
        }
        Klines klines =
                new Klines(
                        URI.create(address),
                        settings.whole(Catalogue.KLINES_WEIGHT_MAX),
                        clock,
                        row -> Event.log(SOURCE, Severity.WARNING, "left out: " + row, Map.of()));
        return new SourceDownload(lake, klines, clock);
    }

    @Produces
    @Singleton
    Inbox inbox(Settings settings, DataFolder folder, FileImport files) {
        String given = settings.text(Catalogue.INBOX_DIR);
        Path root = given.isEmpty() ? folder.path().resolve("inbox") : Path.of(given);
        return new Inbox(root, new InboxImport(files), Beans::tell, InstantSource.system());
    }

    private static void tell(Notice notice) {
        Severity severity = notice.kind() == Notice.Kind.TAKEN ? Severity.INFO : Severity.WARNING;
        String word = notice.kind().name().toLowerCase(Locale.ROOT);
        Event.log(
                SOURCE,
                severity,
                "inbox: %s %s: %s".formatted(notice.file(), word, notice.text()),
                Map.of("file.path", notice.file().toString()));
    }

    void closeInbox(@Disposes Inbox inbox) {
        inbox.close();
    }

    @Produces
    @Singleton
    Access access(Settings settings, DataFolder folder) throws IOException {
        return Access.of(settings, folder.secrets(), InstantSource.system());
    }

    @Produces
    @Singleton
    Backup backup(
            DataFolder folder,
            StateDatabase database,
            // Never used: with the lake, imports that a crash has cut off are ended first.
            BarLake lake,
            Version version,
            Clock clock) {
        return new Backup(folder, database, version.number(), clock);
    }

    @Produces
    @Singleton
    Health health(
            Settings settings,
            DataFolder folder,
            StateDatabase database,
            InstrumentFile instruments,
            Logs logs) {
        return new Health(
                Checks.of(settings, folder, database, instruments, logs), InstantSource.system());
    }

    void closeHealth(@Disposes Health health) {
        health.close();
    }
}
