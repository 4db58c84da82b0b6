package dev.ktrdr.api;

import dev.ktrdr.store.Merge;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// What stands in a query or a body, made into types; what cannot be is INVALID, with the rule.
final class Words {

    private Words() {}

    /// {@return the number written as `text`}
    static int whole(String name, String text, int min, int max) {
        long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw invalid(
                    "%s must be a whole number from %d to %d, was %s"
                            .formatted(name, min, max, text));
        }
        return (int) number;
    }

    /// {@return whether `text` is `true`; blank is `false`}
    static boolean flag(String name, String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw invalid(name + " must be true or false, was " + text);
        };
    }

    /// {@return which bars win by the word `text`; blank is `keep`}
    static Merge mode(String text) {
        return switch (text) {
            case "", "keep" -> Merge.KEEP;
            case "overwrite" -> Merge.OVERWRITE;
            default -> throw invalid("mode must be keep or overwrite, was " + text);
        };
    }

    /// {@return whether `text` is a date without a time of day}
    static boolean isDate(String text) {
        return text.length() == 10;
    }

    /// {@return microseconds since the epoch of a date, its midnight in UTC, or of an instant; one
    /// without zone is in UTC, as every stamp of this API is}
    static long micros(String name, String text) {
        try {
            Instant instant =
                    isDate(text)
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : text.matches("[^T]+T[0-9:.]+")
                                    ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                                    : Instant.parse(text);
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    name
                            + " must be a date or an instant, such as 2020-04-17 or"
                            + " 2020-04-17T14:30:00Z, was "
                            + text);
        }
    }

    static StoreException invalid(String message) {
        return new StoreException(Kind.INVALID, message);
    }
}
