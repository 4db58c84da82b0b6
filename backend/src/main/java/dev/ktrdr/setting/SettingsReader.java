package dev.ktrdr.setting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads the settings: environment first, then `config/application.yaml`, then the default.
public final class SettingsReader {

    private static final String PREFIX = "KTRDR_";
    private static final String FILE_SUFFIX = "_FILE";

    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /// {@return the settings in force}
    ///
    /// @param environment variables of the process; an empty one counts as not set
    /// @throws InvalidSettingsException with every problem that was found
    public static Settings read(Map<String, String> environment) throws InvalidSettingsException {
        return new SettingsReader(environment).read();
    }

    private Settings read() throws InvalidSettingsException {
        String folder = variable("KTRDR_CONFIG_DIR").orElse(Catalogue.CONFIG_DIR.fallback());
        Path file = Path.of(folder, "application.yaml");
        Map<String, SettingsFile.Entry> entries = SettingsFile.read(file, problems);
        refuseUnknownVariables();
        refuseUnknownKeys(file, entries);
        Map<Setting, Value> values = new LinkedHashMap<>();
        for (Setting setting : Catalogue.all()) {
            Optional<SettingsFile.Entry> entry = Optional.ofNullable(entries.get(setting.key()));
            Value value =
                    fromEnvironment(setting)
                            .or(() -> entry.map(found -> fromFile(setting, file, found)))
                            .orElse(new Value(setting, setting.fallback(), "default"));
            values.put(setting, value);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Settings(values, warnings);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    private Optional<Value> fromEnvironment(Setting setting) {
        Optional<String> plain = variable(setting.name());
        Optional<String> secretFile = variable(setting.name() + FILE_SUFFIX);
        if (!setting.secret() || secretFile.isEmpty()) {
            return plain.map(text -> checked(setting, text, setting.name(), "environment"));
        }
        if (plain.isPresent()) {
            String both = "is set together with " + setting.name() + "; keep one of them";
            problems.add(new Problem(setting.name() + FILE_SUFFIX, both));
            return Optional.empty();
        }
        return readSecret(setting, Path.of(secretFile.get()));
    }

    private Optional<Value> readSecret(Setting setting, Path file) {
        String variable = setting.name() + FILE_SUFFIX;
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (text.isEmpty() || text.lines().count() > 1) {
                problems.add(new Problem(variable, file + " must hold one line with the secret"));
                return Optional.empty();
            }
            return Optional.of(new Value(setting, text, "file " + file));
        } catch (IOException e) {
            String user = System.getProperty("user.name");
            problems.add(
                    new Problem(
                            variable,
                            file + " cannot be read by user " + user + ": " + reason(file, e)));
            return Optional.empty();
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a folder (was the file missing on the host when it was mounted?)";
        }
        if (!Files.exists(file)) {
            return "no such file (" + e.getMessage() + ")";
        }
        return Files.isReadable(file) ? "not text in UTF-8 (" + e + ")" : "permission denied";
    }

    private Value fromFile(Setting setting, Path file, SettingsFile.Entry entry) {
        String place = file + ":" + entry.line();
        return checked(setting, entry.text(), place, "file " + place);
    }

    private Value checked(Setting setting, String text, String place, String origin) {
        Optional<String> normal = setting.kind().normal(text.strip());
        if (normal.isPresent()) {
            return new Value(setting, normal.get(), origin);
        }
        // A typing mistake in the level must not keep a service from starting that would otherwise.
        if (setting.equals(Catalogue.LOG_LEVEL)) {
            warnings.add(refusal(setting, text) + "; INFO is used");
        } else {
            problems.add(new Problem(place, refusal(setting, text)));
        }
        return new Value(setting, setting.fallback(), "default");
    }

    private static String refusal(Setting setting, String text) {
        String shown = setting.secret() ? "a value that" : "'" + text + "', which";
        return "%s is %s is not allowed; allowed: %s"
                .formatted(setting.key(), shown, setting.kind().allowed());
    }

    private void refuseUnknownVariables() {
        Map<String, Setting> known = byName(Setting::name);
        for (String name : new TreeMap<>(environment).keySet()) {
            if (!name.startsWith(PREFIX) || Catalogue.OF_OTHER_TOOLS.contains(name)) {
                continue;
            }
            Setting setting = known.get(name.replaceFirst(FILE_SUFFIX + "$", ""));
            boolean secretFile = name.endsWith(FILE_SUFFIX) && setting != null && setting.secret();
            if (!known.containsKey(name) && !secretFile) {
                problems.add(new Problem(name, "unknown variable" + meant(name, known.keySet())));
            }
        }
    }

    private void refuseUnknownKeys(Path file, Map<String, SettingsFile.Entry> entries) {
        Map<String, Setting> known = byName(Setting::key);
        entries.forEach(
                (key, entry) -> {
                    if (key.equals(Catalogue.CONFIG_DIR.key())) {
                        String message = key + " can only be set by KTRDR_CONFIG_DIR";
                        problems.add(new Problem(file + ":" + entry.line(), message));
                    } else if (!known.containsKey(key)) {
                        String message = "unknown key " + key + didYouMean(key, known.keySet());
                        problems.add(new Problem(file + ":" + entry.line(), message));
                    }
                });
    }

    private static Map<String, Setting> byName(Function<Setting, String> name) {
        Map<String, Setting> known = new LinkedHashMap<>();
        Catalogue.all().forEach(setting -> known.put(name.apply(setting), setting));
        return known;
    }

    /// Some names have no prefix, and people put it before them all the same.
    private static String meant(String name, Collection<String> known) {
        String bare = name.substring(PREFIX.length());
        List<String> bareNames = known.stream().filter(one -> !one.startsWith(PREFIX)).toList();
        return didYouMean(Nearest.of(bare, bareNames).isPresent() ? bare : name, known);
    }

    private static String didYouMean(String word, Collection<String> known) {
        return Nearest.of(word, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; known: " + String.join(", ", known));
    }
}
