package dev.ktrdr.setting;

/// A setting in force, and where it came from.
///
/// @param setting what is set
/// @param text the value, in the form that the setting's kind keeps
/// @param origin `environment`, `file PATH`, `file PATH:LINE` or `default`
public record Value(Setting setting, String text, String origin) {

    private static final String MASK = "********";

    /// {@return the value for people to see: secrets are masked}
    public String shown() {
        return setting.secret() && !text.isEmpty() ? MASK : text;
    }

    @Override
    public String toString() {
        return setting.name() + "=" + shown();
    }
}
