package dev.ktrdr.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// The values that a setting takes.
public sealed interface Kind {

    /// Any text, also none.
    record Text() implements Kind {}

    /// A path, relative to the working directory or absolute.
    record Folder() implements Kind {}

    /// Where a server on the web is, or none. A key does not belong into it: it is shown.
    record Address() implements Kind {}

    /// `true` or `false`.
    record Flag() implements Kind {}

    /// A whole number from `min` to `max`, both included.
    record Whole(int min, int max) implements Kind {}

    /// One word of a list; upper and lower case are the same.
    record Choice(List<String> words) implements Kind {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /// {@return `text` in the form that is kept, empty if it is not such a value}
    default Optional<String> normal(String text) {
        return switch (this) {
            case Text() -> Optional.of(text);
            case Folder() -> text.isBlank() ? Optional.empty() : Optional.of(text);
            case Address() ->
                    text.isEmpty() || isAddress(text) ? Optional.of(text) : Optional.empty();
            case Flag() -> oneOf(List.of("true", "false"), text);
            case Choice(List<String> words) -> oneOf(words, text);
            case Whole(int min, int max) ->
                    text.matches("[0-9]{1,9}")
                                    && Integer.parseInt(text) >= min
                                    && Integer.parseInt(text) <= max
                            ? Optional.of(Integer.toString(Integer.parseInt(text)))
                            : Optional.empty();
        };
    }

    /// {@return the values it takes, in words, for messages and documentation}
    default String allowed() {
        return switch (this) {
            case Text() -> "text";
            case Folder() -> "a path";
            case Address() -> "http://HOST or https://HOST";
            case Flag() -> "true, false";
            case Choice(List<String> words) -> String.join(", ", words);
            case Whole(int min, int max) -> "a whole number from " + min + " to " + max;
        };
    }

    private static boolean isAddress(String text) {
        try {
            URI address = new URI(text);
            return text.matches("https?:.*")
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> oneOf(List<String> words, String text) {
        return words.stream().filter(word -> word.equalsIgnoreCase(text)).findFirst();
    }
}
