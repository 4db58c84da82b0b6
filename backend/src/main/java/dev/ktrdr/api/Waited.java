package dev.ktrdr.api;

import dev.ktrdr.job.Operation;
import dev.ktrdr.job.Operation.Failure;
import dev.ktrdr.job.Operations;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Answers for those who would rather wait for the end of an import than ask how far it is.
final class Waited {

    private final Operations operations;

    Waited(Operations operations) {
        this.operations = operations;
    }

    /// {@return 200 with the result if the operation ends within `seconds`, else 202}
    ///
    /// @throws StoreException if it came to nothing
    Response answer(Operation begun, int seconds) {
        Operation now = begun;
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try {
            while (!now.status().isFinal() && System.nanoTime() < end) {
                now = operations.after(now, Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return switch (now.status()) {
            case PENDING, RUNNING -> JobResource.accepted(now);
            case COMPLETED -> completed(now);
            case FAILED, CANCELLED -> throw failure(now);
        };
    }

    private static Response completed(Operation done) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("operation_id", done.id());
        result.putAll(done.result());
        result.values().removeIf(Objects::isNull); // what a file without a bar has none of
        if (result.get("rows_kept") instanceof Number kept && kept.longValue() == 0) {
            throw new StoreException(
                    Kind.INVALID, "no row of the file is a bar: " + reason(result), result);
        }
        return Response.ok(Envelope.of(result)).build();
    }

    private static String reason(Map<String, Object> result) {
        return result.get("refused") instanceof List<?> rows
                        && !rows.isEmpty()
                        && rows.getFirst() instanceof Map<?, ?> row
                ? "line %s: %s".formatted(row.get("line"), row.get("reason"))
                : "it has no rows";
    }

    private static StoreException failure(Operation ended) {
        Failure why = ended.failure().orElse(new Failure("INTERNAL", "no reason is known"));
        Kind kind =
                Stream.of(Kind.values())
                        .filter(one -> one.name().equals(why.code()))
                        .findFirst()
                        .orElse(Kind.UNAVAILABLE);
        return new StoreException(kind, why.message(), Map.of("operation_id", ended.id()));
    }
}
