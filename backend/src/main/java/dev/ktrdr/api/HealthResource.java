package dev.ktrdr.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ktrdr.operation.Check;
import dev.ktrdr.operation.Health;
import dev.ktrdr.operation.State;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Health for people, load balancers and Docker. Answered on the event loop from results that are
/// already there: 200 while requests are welcome, 503 otherwise.
@Path("/api/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "health")
@NonBlocking
final class HealthResource {

    private record Detail(
            String status,
            String version,
            String environment,
            @JsonProperty("uptime_s") long uptimeSeconds,
            Map<String, CheckDetail> checks) {}

    private record CheckDetail(String status, String detail) {}

    private final Health health;
    private final Settings settings;
    private final Version version;

    HealthResource(Health health, Settings settings, Version version) {
        this.health = health;
        this.settings = settings;
        this.version = version;
    }

    @GET
    @Operation(summary = "The state of the service in one word")
    public Response health() {
        State state = health.state();
        // The documented bytes, in the documented order.
        String body =
                "{\"status\":\"%s\",\"version\":\"%s\"}".formatted(state.word(), version.number());
        return Response.status(status(state.serving())).entity(body).build();
    }

    @GET
    @Path("live")
    @Operation(summary = "Whether the process answers; looks at nothing outside of it")
    public Response live() {
        boolean live = health.live();
        return detail(live ? State.OK : State.UNHEALTHY, live, Map.of());
    }

    @GET
    @Path("ready")
    @Operation(summary = "Whether requests are welcome, with every check")
    public Response ready() {
        State state = health.state();
        return detail(state, state.serving(), health.results());
    }

    @GET
    @Path("started")
    @Operation(summary = "Whether the start is over")
    public Response started() {
        State state = health.state();
        return detail(state, state != State.STARTING, Map.of());
    }

    private Response detail(State state, boolean fine, Map<String, Check.Result> results) {
        Map<String, CheckDetail> checks = new LinkedHashMap<>();
        results.forEach(
                (name, result) ->
                        checks.put(name, new CheckDetail(result.status().word(), result.detail())));
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        String environment = settings.text(Catalogue.ENVIRONMENT);
        Detail body = new Detail(state.word(), version.number(), environment, uptime, checks);
        return Response.status(status(fine)).entity(body).build();
    }

    private static int status(boolean fine) {
        return fine ? 200 : 503;
    }
}
