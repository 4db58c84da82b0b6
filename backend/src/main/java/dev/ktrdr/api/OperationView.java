package dev.ktrdr.api;

import dev.ktrdr.job.Operation;
import dev.ktrdr.job.Operation.Failure;
import dev.ktrdr.job.Operation.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An operation on the wire, in the words of the original. Null is what is not known yet.
record OperationView(
        String operationId,
        String operationType,
        String status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Progress progress,
        Map<String, Object> metadata,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        List<String> warnings,
        @Nullable Map<String, Object> resultSummary) {

    /// How far it is; `context` has what was found out on the way.
    record Progress(
            double percentage,
            String currentStep,
            long itemsProcessed,
            @Nullable Long itemsTotal,
            Map<String, Object> context) {

        static Progress of(Position position) {
            return new Progress(
                    Math.round(position.percentage() * 10) / 10.0,
                    position.step(),
                    position.itemCount(),
                    position.itemTotal() == 0 ? null : position.itemTotal(),
                    position.facts());
        }
    }

    /// One line of the list.
    record Summary(
            String operationId,
            String operationType,
            String status,
            Instant createdAt,
            double progressPercentage,
            String currentStep,
            @Nullable Object symbol,
            double durationSeconds) {

        static Summary of(Operation operation, Instant now) {
            Progress progress = Progress.of(operation.position());
            return new Summary(
                    operation.id(),
                    operation.type(),
                    operation.status().word(),
                    operation.createdAt(),
                    progress.percentage(),
                    progress.currentStep(),
                    operation.metadata().get("symbol"),
                    operation.duration(now).toMillis() / 1000.0);
        }
    }

    static OperationView of(Operation operation) {
        return new OperationView(
                operation.id(),
                operation.type(),
                operation.status().word(),
                operation.createdAt(),
                operation.startedAt().orElse(null),
                operation.completedAt().orElse(null),
                Progress.of(operation.position()),
                operation.metadata(),
                operation.failure().map(Failure::code).orElse(null),
                operation.failure().map(Failure::message).orElse(null),
                operation.warnings(),
                operation.status() == Operation.Status.COMPLETED ? operation.result() : null);
    }
}
