package dev.ktrdr.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One piece of long work as it stood at one moment. Immutable.
///
/// Three parts are Optional because this is also the form in which it is stored and sent.
///
/// @param id such as `op_data_import_20260131_143000_0a1b2c3d`
/// @param type what kind of work, such as `data_import`
/// @param status where it stands
/// @param createdAt when it was asked for
/// @param startedAt when it began, empty while it waits
/// @param completedAt when it ended in whatever way, empty until then
/// @param position how far it is
/// @param metadata what it was asked to do; text, numbers, flags, lists and maps
/// @param failure why it ended without a result
/// @param result what came out, empty until it has completed; as `metadata`
/// @param warnings what people should know although it went on, in order
public record Operation(
        String id,
        String type,
        Status status,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Position position,
        Map<String, Object> metadata,
        Optional<Failure> failure,
        Map<String, Object> result,
        List<String> warnings) {

    /// Copies the collections.
    public Operation {
        metadata = copy(metadata);
        result = copy(result);
        warnings = List.copyOf(warnings);
    }

    /// Where an operation stands.
    public enum Status {
        PENDING,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /// {@return whether nothing will change any more}
        public boolean isFinal() {
            return this != PENDING && this != RUNNING;
        }

        /// {@return the word on the wire}
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How far an operation is.
    ///
    /// @param percentage 0 to 100
    /// @param step what is being done, for people; empty before the first step
    /// @param itemCount items that are done in this step: bytes, rows, bars
    /// @param itemTotal items of this step, 0 where unknown
    /// @param facts what was found out on the way, such as the form of a file, by name
    public record Position(
            double percentage,
            String step,
            long itemCount,
            long itemTotal,
            Map<String, Object> facts) {

        static final Position START = new Position(0, "", 0, 0, Map.of());

        /// Copies the facts.
        public Position {
            facts = copy(facts);
        }
    }

    /// Why an operation ended without a result.
    ///
    /// @param code one word in capitals that programs may rely on, as in the errors of the API
    /// @param message one sentence for people
    public record Failure(String code, String message) {}

    /// {@return how long it has run, none before it began}
    ///
    /// @param now the end of the time of one that still runs
    public Duration duration(Instant now) {
        return startedAt
                .map(start -> Duration.between(start, completedAt.orElse(now)))
                .orElse(Duration.ZERO);
    }

    Operation running(Instant now) {
        return new Operation(
                id,
                type,
                Status.RUNNING,
                createdAt,
                Optional.of(now),
                completedAt,
                position,
                metadata,
                failure,
                result,
                warnings);
    }

    Operation at(Position place, List<String> warned) {
        return new Operation(
                id,
                type,
                status,
                createdAt,
                startedAt,
                completedAt,
                place,
                metadata,
                failure,
                result,
                warned);
    }

    Operation completed(Instant now, Map<String, Object> outcome) {
        Position end =
                new Position(
                        100,
                        position.step(),
                        position.itemCount(),
                        position.itemTotal(),
                        position.facts());
        return at(end, warnings).ended(Status.COMPLETED, now, Optional.empty(), outcome);
    }

    Operation failed(Instant now, Failure why) {
        return ended(Status.FAILED, now, Optional.of(why), Map.of());
    }

    Operation cancelled(Instant now, String reason) {
        Failure why = new Failure("CANCELLED", reason);
        return ended(Status.CANCELLED, now, Optional.of(why), Map.of());
    }

    private Operation ended(
            Status how, Instant now, Optional<Failure> why, Map<String, Object> outcome) {
        return new Operation(
                id,
                type,
                how,
                createdAt,
                startedAt,
                Optional.of(now),
                position,
                metadata,
                why,
                outcome,
                warnings);
    }

    /// {@return an unmodifiable copy in the same order; unlike Map.copyOf it takes null values,
    /// which is what JSON reads for a number that is undefined}
    private static Map<String, Object> copy(Map<String, Object> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
