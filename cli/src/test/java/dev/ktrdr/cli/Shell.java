package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ktrdr.client.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// Runs the command in a folder, with an environment, as a shell would.
final class Shell {

    /// What a run left on the screen.
    ///
    /// @param raw standard output, one character a byte
    record Outcome(int exit, String raw, String err) {

        String out() {
            return new String(raw.getBytes(ISO_8859_1), UTF_8);
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private int width = Integer.MAX_VALUE;
    private boolean watched;

    Shell(Path folder) {
        this.folder = folder;
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell typing(String text) {
        return reading(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    Shell reading(InputStream stream) {
        in = stream;
        return this;
    }

    Shell terminal(int columns) {
        width = columns;
        watched = true;
        return this;
    }

    Surroundings surroundings(PrintStream out, PrintStream err) {
        var screen =
                new Surroundings.Screen() {

                    @Override
                    public int width() {
                        return width;
                    }

                    @Override
                    public boolean watched() {
                        return watched;
                    }
                };
        var clock = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
        return new Surroundings(environment, folder, clock, in, out, err, screen);
    }

    Outcome run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit =
                Main.run(
                        surroundings(
                                new PrintStream(out, false, UTF_8),
                                new PrintStream(err, false, UTF_8)),
                        words);
        return new Outcome(exit, out.toString(ISO_8859_1), err.toString(UTF_8));
    }
}
