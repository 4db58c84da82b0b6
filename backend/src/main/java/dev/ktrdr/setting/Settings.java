package dev.ktrdr.setting;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The settings in force, each with its origin. Immutable.
public final class Settings {

    private final Map<Setting, Value> values;
    private final List<String> warnings;

    Settings(Map<Setting, Value> values, List<String> warnings) {
        this.values = Map.copyOf(values);
        this.warnings = List.copyOf(warnings);
    }

    /// {@return the value of `setting`; empty text where nobody gave one}
    public String text(Setting setting) {
        return value(setting).text();
    }

    /// {@return the value of a setting whose kind is a whole number}
    public int whole(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    /// {@return the value of a setting that is true or false}
    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /// {@return the value of a setting that names a folder}
    public Path folder(Setting setting) {
        return Path.of(text(setting));
    }

    /// {@return the parts of a value separated by commas, without blanks}
    public List<String> list(Setting setting) {
        return Stream.of(text(setting).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /// {@return whether ENVIRONMENT is production}
    public boolean production() {
        return text(Catalogue.ENVIRONMENT).equals("production");
    }

    /// {@return every setting in force, in the order of the catalogue}
    public List<Value> values() {
        return Catalogue.all().stream().map(this::value).toList();
    }

    /// {@return what the operator should know although the start goes on}
    public List<String> warnings() {
        return warnings;
    }

    private Value value(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("not in the catalogue: " + setting.name());
        }
        return value;
    }
}
