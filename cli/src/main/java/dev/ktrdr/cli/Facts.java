package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Names and values, a line each, without those that are unknown.
final class Facts {

    private final List<String> namesAndValues = new ArrayList<>();

    /// Adds a line, unless there is nothing to tell.
    ///
    /// @param values joined by blanks; null and missing ones are left out
    void add(String name, JsonNode... values) {
        List<String> words = new ArrayList<>();
        for (JsonNode value : values) {
            String word = text(value);
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        add(name, String.join(" ", words));
    }

    void add(String name, String value) {
        if (!value.isEmpty()) {
            namesAndValues.add(name);
            namesAndValues.add(value);
        }
    }

    /// {@return the digits as they were sent, the parts of a list, nothing for what is unknown}
    static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) < 30 ? number.toPlainString() : number.toString();
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Facts::text)
                    .collect(Collectors.joining(", "));
        }
        return value.isObject() ? value.toString() : value.asText();
    }

    /// {@return a share of 1 as percentage; it is rounded down, so that 100 means all}
    static String percent(JsonNode share) {
        return share.isNumber()
                ? share.decimalValue().movePointRight(2).setScale(2, RoundingMode.FLOOR) + " %"
                : "";
    }

    String text() {
        return Table.pairs(namesAndValues.toArray(String[]::new));
    }
}
