package dev.ktrdr.api;

import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.operation.Access;
import dev.ktrdr.operation.Health;
import dev.ktrdr.operation.State;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Setting;
import dev.ktrdr.setting.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// What every request passes before a resource sees it: identifier, size, access; and what is
/// logged after.
@Singleton
final class Gateway {

    private static final String API = "/api/v1";
    private static final String HEALTH = "/api/health";
    private static final String ID_FIELD = "http.request.id";
    private static final String REQUEST_ID = "X-Request-ID";
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int FIRST = 1000;

    private final Settings settings;
    private final Access access;
    private final Health health;

    @Inject
    Gateway(Settings settings, Access access, Health health) {
        this.settings = settings;
        this.access = access;
        this.health = health;
    }

    void filters(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        List<String> origins = settings.list(Catalogue.CORS_ORIGINS);
        if (!origins.isEmpty()) {
            CorsHandler cors =
                    CorsHandler.create()
                            .addOrigins(origins)
                            .allowedHeaders(Set.of("authorization", "content-type", REQUEST_ID));
            cors.allowedMethods(
                    Set.of(
                            io.vertx.core.http.HttpMethod.GET,
                            io.vertx.core.http.HttpMethod.POST,
                            io.vertx.core.http.HttpMethod.PUT,
                            io.vertx.core.http.HttpMethod.DELETE));
            // The browser keeps the answer from every other origin, since it lacks the header.
            filters.register(
                    context -> {
                        String origin = context.request().getHeader("Origin");
                        if (origin != null && (origins.contains(origin) || origins.contains("*"))) {
                            cors.handle(context);
                        } else {
                            context.next();
                        }
                    },
                    FIRST - 1);
        }
        filters.register(this::admit, FIRST - 2);
    }

    /// Nothing else has answered: no such path.
    void last(@Observes Router router) {
        router.route()
                .last()
                .handler(
                        context -> {
                            String message =
                                    "there is nothing at this path; see /api/v1/openapi.json";
                            refuse(context, ErrorCode.NOT_FOUND, message);
                        });
    }

    private void enter(RoutingContext context) {
        long start = System.nanoTime();
        HttpServerRequest request = context.request();
        String id = requestId(request);
        MDC.put(ID_FIELD, id);
        HttpServerResponse response = context.response();
        response.putHeader(REQUEST_ID, id);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (request.path().startsWith("/api")) {
            context.addHeadersEndHandler(
                    _ -> {
                        if (!response.headers().contains("Cache-Control")) {
                            response.putHeader("Cache-Control", "no-store");
                        }
                    });
        }
        context.addEndHandler(ended -> log(request, response, id, System.nanoTime() - start));
        context.next();
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        // The router looks past parameters as in /api;a=b/v1, so the gate has to as well.
        String path = context.normalizedPath().replaceAll(";[^/]*", "");
        if (health.state() == State.STOPPING && !path.startsWith(HEALTH)) {
            context.response().putHeader("Connection", "close");
            refuse(context, ErrorCode.UNAVAILABLE, "the service is stopping");
        } else if (path.startsWith(API) && !granted(context, request)) {
            return;
        } else if (fits(context, path, length(request))) {
            context.next();
        }
    }

    private boolean fits(RoutingContext context, String path, long bodyBytes) {
        Setting limit = BodyLimit.of(path);
        if (bodyBytes <= settings.whole(limit) * 1_000_000L) {
            return true;
        }
        // The rest of the body is not read.
        context.response().putHeader("Connection", "close");
        String message = "the body is larger than %s, %s MB";
        refuse(
                context,
                ErrorCode.PAYLOAD_TOO_LARGE,
                message.formatted(limit.name(), settings.text(limit)));
        return false;
    }

    private boolean granted(RoutingContext context, HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        switch (access.verdict(authorization == null ? "" : authorization)) {
            case GRANTED -> {
                return true;
            }
            case DENIED -> {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"ktrdr\"");
                refuse(
                        context,
                        ErrorCode.UNAUTHORIZED,
                        "send the header Authorization: Bearer TOKEN; the log says at start where"
                                + " the token lies");
            }
            case TOO_MANY -> {
                String seconds = Long.toString(access.retryAfterSeconds());
                context.response().putHeader("Retry-After", seconds);
                refuse(context, ErrorCode.TOO_MANY_REQUESTS, "too many wrong tokens");
            }
        }
        return false;
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static void refuse(RoutingContext context, ErrorCode code, String message) {
        context.response()
                .setStatusCode(code.status())
                .putHeader("Content-Type", "application/json")
                .end(error(code, message));
    }

    private static String error(ErrorCode code, String message) {
        JsonObject problem =
                new JsonObject()
                        .put("code", code.name())
                        .put("message", message)
                        .putNull("details");
        return new JsonObject()
                .put("success", false)
                .putNull("data")
                .put("error", problem)
                .encode();
    }

    private static String requestId(HttpServerRequest request) {
        String given = request.getHeader(REQUEST_ID);
        if (given != null && REQUEST_ID_FORM.matcher(given).matches()) {
            return given;
        }
        String trace = traceId(request.getHeader("traceparent"));
        return trace == null ? UUID.randomUUID().toString() : trace;
    }

    private static @Nullable String traceId(@Nullable String traceParent) {
        if (traceParent == null) {
            return null;
        }
        var matcher = TRACE_PARENT.matcher(traceParent);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static void log(
            HttpServerRequest request, HttpServerResponse response, String id, long nanos) {
        MDC.put(ID_FIELD, id);
        String path = request.path();
        int status = response.getStatusCode();
        boolean probe = path.startsWith(HEALTH) || path.equals("/metrics");
        Severity severity =
                status >= 500 && !probe ? Severity.WARNING : probe ? Severity.DEBUG : Severity.INFO;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event.dataset", "ktrdr.access");
        fields.put("http.request.method", request.method().name());
        fields.put("url.path", path);
        if (request.query() != null) {
            fields.put("url.query", request.query());
        }
        fields.put("http.response.status_code", status);
        fields.put("http.response.body.bytes", response.bytesWritten());
        fields.put("event.duration", nanos);
        fields.put("client.ip", String.valueOf(request.remoteAddress().hostAddress()));
        String agent = request.getHeader("User-Agent");
        if (agent != null) {
            fields.put("user_agent.original", agent);
        }
        String message = request.method().name() + " " + path + " " + status;
        Event.log("dev.ktrdr.access", severity, message, fields);
    }
}
