package dev.ktrdr.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Scanner;

/// All of the machine that the command may see.
///
/// @param environment variables of the process
/// @param folder      the working directory, from which relative files are found
/// @param out         standard output, UTF-8, buffered
public record Surroundings(
        Map<String, String> environment,
        Path folder,
        Clock clock,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Screen screen) {

    /// What the user looks at.
    public interface Screen {

        /// {@return columns of standard output, `Integer.MAX_VALUE` if it is not a terminal}
        int width();

        /// {@return whether somebody watches stderr, so that progress is worth showing}
        boolean watched();
    }

    /// Copies the environment.
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// {@return what this process has around it}
    public static Surroundings ofThisProcess() {
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                System.in,
                new PrintStream(out, false, UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                new Terminal());
    }

    /// {@return the environment variable; compose files hand over unset ones as empty text}
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(v -> !v.isEmpty());
    }

    /// The real screen. The JDK tells about both streams at once only, so Linux is asked about
    /// each; elsewhere nothing is taken for a terminal.
    private static final class Terminal implements Screen {

        private static final int WIDTH_USUAL = 80;

        @Override
        public boolean watched() {
            return device(2).isPresent();
        }

        @Override
        public int width() {
            return device(1).map(Terminal::columns).orElse(Integer.MAX_VALUE);
        }

        private static Optional<String> device(int stream) {
            try {
                var link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
                return Optional.of(link).filter(l -> l.matches("/dev/(pts/|tty|console).*"));
            } catch (IOException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        }

        private static int columns(String device) {
            try {
                Process stty = new ProcessBuilder("stty", "-F", device, "size").start();
                try (var words = new Scanner(stty.getInputStream(), UTF_8)) {
                    words.nextInt(); // rows come first
                    int columns = words.nextInt();
                    return columns > 0 ? columns : WIDTH_USUAL;
                }
            } catch (IOException | NoSuchElementException e) {
                return WIDTH_USUAL; // no stty here, or it does not know
            }
        }
    }
}
