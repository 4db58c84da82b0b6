package dev.ktrdr.setting;

/// One thing the operator may set.
///
/// @param name environment variable, such as `LOG_LEVEL`
/// @param key place in `config/application.yaml`, such as `log.level`
/// @param kind the values it takes
/// @param fallback value when nobody sets it, in the form that `kind` keeps
/// @param secret whether the value is masked wherever it is shown, and may come from a file named
///     by `name` + `_FILE`
/// @param description one sentence for people
public record Setting(
        String name, String key, Kind kind, String fallback, boolean secret, String description) {

    static Setting of(String name, String key, Kind kind, String fallback, String description) {
        return new Setting(name, key, kind, fallback, false, description);
    }
}
