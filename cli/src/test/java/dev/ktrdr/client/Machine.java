package dev.ktrdr.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// A machine without a screen, with some variables.
final class Machine {

    private Machine() {}

    static Surroundings with(Path folder, Map<String, String> environment) {
        var screen =
                new Surroundings.Screen() {

                    @Override
                    public int width() {
                        return Integer.MAX_VALUE;
                    }

                    @Override
                    public boolean watched() {
                        return false;
                    }
                };
        return new Surroundings(
                environment,
                folder,
                Clock.systemUTC(),
                InputStream.nullInputStream(),
                System.out,
                System.err,
                screen);
    }
}
