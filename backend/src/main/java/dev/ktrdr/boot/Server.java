package dev.ktrdr.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// Waits until a signal ends the process; the work is done by the resources.
public final class Server implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        Quarkus.waitForExit();
        return ExitCode.FINE;
    }
}
