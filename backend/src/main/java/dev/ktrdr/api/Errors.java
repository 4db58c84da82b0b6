package dev.ktrdr.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.store.StoreException;
import io.vertx.core.VertxException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns what was thrown into a status and the envelope. Nobody else knows how.
final class Errors {

    private static final Logger LOG = Logger.getLogger(Errors.class);

    @ServerExceptionMapper
    Response store(StoreException e) {
        ErrorCode code =
                switch (e.kind()) {
                    case NOT_FOUND -> ErrorCode.NOT_FOUND;
                    case INVALID -> ErrorCode.INVALID;
                    case CONFLICT -> ErrorCode.CONFLICT;
                    case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
                };
        if (code == ErrorCode.UNAVAILABLE) {
            Event.log("dev.ktrdr.store", Severity.ERROR, String.valueOf(e.getMessage()), Map.of());
        }
        return answer(code, String.valueOf(e.getMessage()), e.details());
    }

    /// The framework has a mapper of its own for this one, with an empty answer; ours is nearer.
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    @ServerExceptionMapper
    Response json(JacksonException e) {
        var at = e.getLocation();
        String place =
                at == null
                        ? ""
                        : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        return answer(
                ErrorCode.INVALID,
                "the body is not the JSON that is due" + place + ": " + e.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        if (e.getCause() instanceof JacksonException json) {
            return json(json);
        }
        ErrorCode code = ErrorCode.of(e.getResponse().getStatus());
        return answer(code, message(code, e));
    }

    private static String message(ErrorCode code, WebApplicationException e) {
        return switch (code) {
            case NOT_FOUND -> "there is nothing at this path; see /api/v1/openapi.json";
            case METHOD_NOT_ALLOWED ->
                    "this path does not take this method; see /api/v1/openapi.json";
            case UNSUPPORTED_MEDIA_TYPE ->
                    "this path takes another Content-Type; see /api/v1/openapi.json";
            case NOT_ACCEPTABLE -> "this path cannot answer in the form of the Accept header";
            case PAYLOAD_TOO_LARGE -> "the body is larger than KTRDR_BODY_LIMIT_MB";
            default -> String.valueOf(e.getMessage());
        };
    }

    @ServerExceptionMapper
    Response tooLarge(BodyLimit.ExceededException e) {
        return answer(ErrorCode.PAYLOAD_TOO_LARGE, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response any(Throwable e) {
        if (isClosed(e)) {
            String message = "the connection was closed before the end of the body";
            return answer(ErrorCode.INVALID, message);
        }
        LOG.error("a request failed", e);
        return answer(
                ErrorCode.INTERNAL, "something went wrong here; the log has more by X-Request-ID");
    }

    /// The caller has gone; that is no fault of ours, and nobody reads the answer.
    private static boolean isClosed(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> false;
            case ClosedChannelException _ -> true;
            case SocketException _ -> true;
            case VertxException e when "Connection was closed".equals(e.getMessage()) -> true;
            case Throwable other -> isClosed(other.getCause());
        };
    }

    private static Response answer(ErrorCode code, String message) {
        return answer(code, message, Map.of());
    }

    private static Response answer(ErrorCode code, String message, Map<String, Object> details) {
        return Response.status(code.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Envelope.error(code, message, details))
                .build();
    }
}
