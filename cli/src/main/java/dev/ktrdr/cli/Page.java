package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/// Any answer as a page for people: first its facts, a line each, then its lists as tables.
///
/// It follows the answer and not a form of our own, so that what a newer service adds is shown.
final class Page {

    private final int width;
    private final Facts facts = new Facts();
    private final StringBuilder tables = new StringBuilder();

    private Page(int width) {
        this.width = width;
    }

    /// {@return the page of `object`}
    ///
    /// @param width columns of the screen
    static String of(JsonNode object, int width) {
        var page = new Page(width);
        page.add("", object);
        return page.facts.text() + page.tables;
    }

    private void add(String prefix, JsonNode object) {
        object.properties()
                .forEach(
                        field -> {
                            String name = prefix + field.getKey().replace('_', ' ');
                            JsonNode value = field.getValue();
                            if (value.isObject()) {
                                add(name + " ", value);
                            } else if (value.isArray() && value.path(0).isObject()) {
                                table(name, value);
                            } else {
                                fact(name, value);
                            }
                        });
    }

    private void fact(String name, JsonNode value) {
        boolean share = name.endsWith("coverage") || name.endsWith("share");
        facts.add(name, share ? Facts.percent(value) : Facts.text(value));
    }

    private void table(String name, JsonNode rows) {
        String[] keys =
                rows.path(0).properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
        String[] header = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            header[i] = keys[i].replace('_', ' ').toUpperCase(Locale.ROOT);
        }
        Table table = Table.of(header);
        for (JsonNode row : rows) {
            String[] cells = new String[keys.length];
            for (int i = 0; i < keys.length; i++) {
                cells[i] = Facts.text(row.path(keys[i]));
            }
            table.row(cells);
        }
        tables.append('\n').append(Table.visible(name)).append('\n').append(table.text(width));
    }
}
