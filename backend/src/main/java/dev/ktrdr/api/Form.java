package dev.ktrdr.api;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The forms in which bars are answered.
enum Form {
    JSON(MediaType.APPLICATION_JSON),
    CSV("text/csv"),
    PARQUET(Form.PARQUET_TYPE),
    ARROW(Form.ARROW_TYPE);

    static final String PARQUET_TYPE = "application/vnd.apache.parquet";
    static final String ARROW_TYPE = "application/vnd.apache.arrow.stream";

    private final String type;

    Form(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// {@return the form with this word; if there is none, the first that is accepted}
    static Form of(String word, List<MediaType> accepted) {
        if (!word.isEmpty()) {
            return Stream.of(values())
                    .filter(form -> form.word().equals(word))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    Words.invalid(
                                            "format must be one of %s, was %s"
                                                    .formatted(words(), word)));
        }
        return accepted.stream()
                .flatMap(
                        type ->
                                Stream.of(values())
                                        .filter(f -> MediaType.valueOf(f.type).isCompatible(type)))
                .findFirst()
                .orElse(JSON);
    }

    private static String words() {
        return Stream.of(values()).map(Form::word).collect(Collectors.joining(", "));
    }
}
