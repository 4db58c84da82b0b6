package dev.ktrdr.boot;

import dev.ktrdr.api.Version;
import dev.ktrdr.log.Logs;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.InvalidSettingsException;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.setting.SettingsReader;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.UnusableFolderException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read and opened before the server starts.
///
/// @param version of this program
/// @param settings in force
/// @param logs installed
/// @param folder opened and locked
record Launch(Version version, Settings settings, Logs logs, DataFolder folder) {

    // Quarkus makes its own objects, so what `main` has opened can only be handed over here; this
    // is the one static field of the program that changes, once a start.
    private static volatile @Nullable Launch current;

    /// {@return a launch by the variables of `environment`}
    static Launch of(Map<String, String> environment)
            throws InvalidSettingsException, UnusableFolderException {
        Version version = Version.current();
        Settings settings = SettingsReader.read(environment);
        Logs logs = Logs.install(settings, version.number());
        DataFolder folder = DataFolder.open(settings.folder(Catalogue.DATA_DIR), version.number());
        Launch launch = new Launch(version, settings, logs, folder);
        current = launch;
        return launch;
    }

    /// {@return the launch of this process}
    static Launch current() {
        Launch launch = current;
        if (launch == null) {
            throw new IllegalStateException("the service is started by Main");
        }
        return launch;
    }
}
