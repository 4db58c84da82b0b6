package dev.ktrdr.api;

import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.log.Logs;
import dev.ktrdr.operation.Backup;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.store.StoreException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Running the service: its settings, its log level, its backups.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@RunOnVirtualThread
final class OperationResource {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private record SettingView(
            String name,
            String key,
            String value,
            String origin,
            boolean secret,
            String allowed,
            String description) {}

    private record SettingsView(List<SettingView> settings) {}

    /// The least level that is logged.
    record Level(@Nullable String level) {}

    private final Settings settings;
    private final Logs logs;
    private final Backup backup;
    private final Clock clock;

    OperationResource(Settings settings, Logs logs, Backup backup, Clock clock) {
        this.settings = settings;
        this.logs = logs;
        this.backup = backup;
        this.clock = clock;
    }

    @GET
    @Path("config")
    @Operation(summary = "The settings in force and where each came from; secrets masked")
    public Envelope<SettingsView> config() {
        return Envelope.of(
                new SettingsView(
                        settings.values().stream()
                                .map(
                                        value ->
                                                new SettingView(
                                                        value.setting().name(),
                                                        value.setting().key(),
                                                        value.shown(),
                                                        value.origin(),
                                                        value.setting().secret(),
                                                        value.setting().kind().allowed(),
                                                        value.setting().description()))
                                .toList()));
    }

    @GET
    @Path("log-level")
    @Operation(summary = "The least level that is logged")
    public Envelope<Level> level() {
        return Envelope.of(new Level(logs.level().name()));
    }

    @PUT
    @Path("log-level")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Changes the level until the next start")
    public Envelope<Level> level(@Nullable Level wanted) {
        String word = wanted == null || wanted.level() == null ? "" : wanted.level();
        Severity severity =
                Stream.of(Severity.values())
                        .filter(one -> one.name().equalsIgnoreCase(word))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                StoreException.Kind.INVALID,
                                                "level must be one of DEBUG, INFO, WARNING, ERROR,"
                                                        + " was '"
                                                        + word
                                                        + "'"));
        logs.level(severity);
        return level();
    }

    @POST
    @Path("backups")
    @Produces("application/zip")
    @Operation(summary = "A consistent snapshot of the data folder as one archive")
    public Response backup() {
        String name = "ktrdr-backup-" + STAMP.format(clock.instant()) + ".zip";
        StreamingOutput archive = backup::write;
        return Response.ok(archive)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
