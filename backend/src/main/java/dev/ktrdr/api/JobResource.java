package dev.ktrdr.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.api.OperationView.Summary;
import dev.ktrdr.job.Operation.Failure;
import dev.ktrdr.job.Operation.Status;
import dev.ktrdr.job.Operations;
import dev.ktrdr.job.Operations.Filter;
import dev.ktrdr.job.Rejects;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Long work: what runs and ran, how far it is, and ending it.
@Path(JobResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operations")
@RunOnVirtualThread
final class JobResource {

    static final String PATH = "/api/v1/operations";

    /// How long a cancellation waits for the end, so that most answers can tell of it.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// The envelope with two numbers more, as clients of the original expect them.
    record Page(
            boolean success,
            List<Summary> data,
            @Nullable Object error,
            int totalCount,
            int activeCount) {}

    /// Why an operation is cancelled; `force` is taken for the sake of old clients.
    record Cancellation(@Nullable String reason, @Nullable Boolean force) {}

    private record Cancelled(
            String operationId,
            String status,
            @Nullable Instant cancelledAt,
            @JsonProperty("cancellation_reason") String reason) {}

    private final Operations operations;
    private final Rejects rejects;
    private final ObjectMapper json;
    private final Clock clock;

    JobResource(Operations operations, Rejects rejects, ObjectMapper json, Clock clock) {
        this.operations = operations;
        this.rejects = rejects;
        this.json = json;
        this.clock = clock;
    }

    /// {@return the answer to a request that has started `begun`}
    static Response accepted(dev.ktrdr.job.Operation begun) {
        return Response.accepted(Envelope.of(OperationView.of(begun)))
                .location(URI.create(PATH + "/" + begun.id()))
                .build();
    }

    @GET
    @Operation(summary = "The operations, newest first")
    public Page list(
            @RestQuery @DefaultValue("") String status,
            @RestQuery("operation_type") @DefaultValue("") String type,
            @RestQuery("active_only") @DefaultValue("false") String activeOnly,
            @RestQuery @DefaultValue("10") String limit,
            @RestQuery @DefaultValue("0") String offset) {
        Filter filter = new Filter(status(status), type, Words.flag("active_only", activeOnly));
        Instant now = clock.instant();
        List<Summary> page =
                operations
                        .list(
                                filter,
                                Words.whole("limit", limit, 1, 1000),
                                Words.whole("offset", offset, 0, Integer.MAX_VALUE))
                        .stream()
                        .map(operation -> Summary.of(operation, now))
                        .toList();
        return new Page(
                true, page, null, operations.count(filter), operations.count(Filter.ACTIVE));
    }

    private static Optional<Status> status(String word) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<Status> status =
                Stream.of(Status.values()).filter(one -> one.word().equals(word)).findFirst();
        if (status.isEmpty()) {
            String known =
                    Stream.of(Status.values()).map(Status::word).collect(Collectors.joining(", "));
            throw new StoreException(
                    Kind.INVALID, "status must be one of " + known + ", was '" + word + "'");
        }
        return status;
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One operation: how far it is, what came out or why it failed")
    public Envelope<OperationView> get(@RestPath String id) {
        return Envelope.of(OperationView.of(operations.get(id)));
    }

    @GET
    @Path("{id}/results")
    @Operation(summary = "What came out of an operation that has completed")
    public Envelope<Map<String, Object>> results(@RestPath String id) {
        var operation = operations.get(id);
        if (operation.status() != Status.COMPLETED) {
            String why = operation.failure().map(Failure::message).map(m -> ": " + m).orElse("");
            throw new StoreException(
                    Kind.CONFLICT, id + " has no result, it is " + operation.status().word() + why);
        }
        return Envelope.of(operation.result());
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Its changes as they happen; ends when the operation is over",
            description =
                    "The events are progress, detected (what a file was taken for), and at the end"
                            + " completed, failed or cancelled. Each carries the operation as JSON,"
                            + " detected what was detected. A comment comes every 15 seconds.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = String.class)))
    public Response events(@RestPath String id) {
        OperationEvents events = new OperationEvents(operations, json, operations.get(id));
        return Response.ok(events, MediaType.SERVER_SENT_EVENTS)
                .header("X-Accel-Buffering", "no")
                .build();
    }

    @GET
    @Path("{id}/rejects")
    @Produces("text/csv")
    @Operation(
            summary = "The rows that an import refused: line, reason, text",
            description = "Kept for 30 days; at most 100,000 rows.")
    public Response rejects(@RestPath String id) {
        Object key = operations.get(id).metadata().getOrDefault("import_id", "");
        java.nio.file.Path file =
                Optional.of(key.toString())
                        .filter(text -> !text.isEmpty())
                        .flatMap(rejects::file)
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                Kind.NOT_FOUND, id + " has no refused rows"));
        return Response.ok(file.toFile(), "text/csv").build();
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Cancels an operation that waits or runs; it ends where it can")
    public Envelope<Object> cancel(@RestPath String id, @Nullable Cancellation wanted)
            throws InterruptedException {
        String given = wanted == null ? null : wanted.reason();
        String reason = given == null || given.isBlank() ? "cancelled by request" : given;
        var ended = operations.cancel(id, reason, PATIENCE);
        if (ended.status() == Status.COMPLETED || ended.status() == Status.FAILED) {
            throw new StoreException(
                    Kind.CONFLICT,
                    id + " was " + ended.status().word() + " before it could be cancelled");
        }
        return Envelope.of(
                new Cancelled(id, ended.status().word(), ended.completedAt().orElse(null), reason));
    }
}
