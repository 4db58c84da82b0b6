package dev.ktrdr.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service.Answer;
import java.io.IOException;

/// Reads the one shape in which the service answers: success, data, error.
final class Envelope {

    private Envelope() {}

    /// {@return the data}
    ///
    /// @throws Failure if the service says no, or does not answer as KTRDR does
    static JsonNode data(Answer answer) throws IOException {
        if (answer.status() == 401 || answer.status() == 403) {
            throw unauthorised(answer);
        }
        JsonNode json = json(answer);
        boolean good = answer.status() / 100 == 2;
        if (!(json instanceof ObjectNode envelope)
                || !envelope.path("success").isBoolean()
                || envelope.path("success").booleanValue() != good) {
            throw answer.malformed();
        }
        if (good) {
            return Service.field(envelope, "data");
        }
        JsonNode error = envelope.path("error");
        String retry = answer.header("Retry-After");
        String line =
                "%s: %s%s%s"
                        .formatted(
                                error.path("code").asText("ERROR"),
                                error.path("message").asText("no message"),
                                retry.isEmpty() ? "" : "; try again in " + retry + " s",
                                requestId(answer));
        throw Failure.told(Kind.ANSWER, line, envelope);
    }

    private static Failure unauthorised(Answer answer) {
        String advice =
                answer.from()
                        .token()
                        .map(token -> "the " + token + " was refused: give the right one")
                        .orElse("a token is needed: give it");
        String message =
                ("not authorised at %s: %s in KTRDR_API_TOKEN or KTRDR_API_TOKEN_FILE;"
                                + " a service that made its own keeps it in"
                                + " data/secrets/api-token%s")
                        .formatted(answer.from().address(), advice, requestId(answer));
        try {
            JsonNode json = json(answer);
            return json instanceof ObjectNode envelope && envelope.path("error").isObject()
                    ? Failure.told(Kind.UNAUTHORIZED, message, envelope)
                    : Failure.of(Kind.UNAUTHORIZED, message);
        } catch (IOException | Failure e) {
            return Failure.of(Kind.UNAUTHORIZED, message); // the status says enough
        }
    }

    private static String requestId(Answer answer) {
        String id = answer.header("X-Request-ID");
        return id.isEmpty() ? "" : " (request " + id + ")";
    }

    /// {@return the body, whatever JSON it is}
    static JsonNode json(Answer answer) throws IOException {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw answer.malformed();
        }
    }

    /// {@return the text as JSON; what is none is missing}
    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /// Made on first use, so that help and version do not wait for it.
    private static final class Json {
        /// Keeps every digit of a price as it was sent.
        static final ObjectMapper MAPPER =
                JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .build();
    }
}
