package dev.ktrdr.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every answer under `/api/v1` is wrapped in.
///
/// @param success whether `data` is there
/// @param data the answer, null on an error
/// @param error what went wrong, null on success
/// @param <T> form of the answer
public record Envelope<T>(boolean success, @Nullable T data, @Nullable Problem error) {

    /// What went wrong.
    ///
    /// @param code one word in capitals that programs may rely on
    /// @param message one sentence for people
    /// @param details further facts, null if there are none
    public record Problem(String code, String message, @Nullable Object details) {}

    static <T> Envelope<T> of(T data) {
        return new Envelope<>(true, data, null);
    }

    static Envelope<Object> error(ErrorCode code, String message) {
        return error(code, message, Map.of());
    }

    static Envelope<Object> error(ErrorCode code, String message, Map<String, Object> details) {
        Object given = details.isEmpty() ? null : details;
        return new Envelope<>(false, null, new Problem(code.name(), message, given));
    }
}
