package dev.ktrdr.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that works through an inbox, again and again.
class InboxKillTest {

    private static final int FILES = 200;

    @TempDir Path folder;

    /// The process that is killed: each third file is refused.
    static final class Watcher {

        private Watcher() {}

        /// Watches an inbox for a minute.
        ///
        /// @param arguments the inbox, and the file to which the name of each import is added
        public static void main(String[] arguments) throws InterruptedException {
            Path journal = Path.of(arguments[1]);
            Importer importer = drop -> record(journal, drop);
            Path root = Path.of(arguments[0]);
            new Inbox(root, importer, notice -> {}, InstantSource.system())
                    .watch(Duration.ofMillis(5));
            Thread.sleep(Duration.ofMinutes(1));
        }

        private static String record(Path journal, Drop drop) throws IOException {
            System.out.println(drop.name()); // the one who kills counts these lines
            String symbol = drop.name().symbol();
            if (Integer.parseInt(symbol) % 3 == 0) {
                throw new StoreException(StoreException.Kind.INVALID, "a third one");
            }
            Files.writeString(
                    journal,
                    symbol + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
            return "kept";
        }
    }

    private Process start(Path inbox, Path journal) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Watcher.class.getName(),
                        inbox.toString(),
                        journal.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".csv"))
                    .forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    @Test
    @Tag("slow")
    void everyFileEndsWhereItBelongsAndNoneIsLost() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        Path journal = Files.createFile(folder.resolve("journal"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(inbox.resolve(i + "_1d.csv"), "file " + i);
        }
        Random random = new Random(7);
        int kills = 0;
        while (!names(inbox).isEmpty()) {
            int imports = Math.min(names(inbox).size(), random.nextInt(1, 20));
            Process process = start(inbox, journal);
            for (int i = 0; i < imports; i++) {
                assertThat(process.inputReader().readLine()).endsWith(" 1d");
            }
            Thread.sleep(Duration.ofNanos(random.nextInt(5_000_000)));
            process.destroyForcibly().waitFor();
            assertThat(++kills).as("kills until all is done").isLessThanOrEqualTo(FILES);
            check(inbox, journal);
        }
        assertThat(kills).isGreaterThan(3);
        assertThat(names(inbox.resolve("refused"))).hasSize(67);
        assertThat(names(inbox.resolve("done"))).hasSize(133);
    }

    private static void check(Path inbox, Path journal) throws IOException {
        Set<String> waiting = names(inbox);
        Set<String> done = names(inbox.resolve("done"));
        Set<String> refused = names(inbox.resolve("refused"));
        Set<String> all = new HashSet<>(waiting);
        all.addAll(done);
        all.addAll(refused);
        assertThat(all).hasSize(FILES);
        assertThat(waiting.size() + done.size() + refused.size()).isEqualTo(FILES);
        List<String> imported = Files.readAllLines(journal);
        for (String name : done) {
            String symbol = name.substring(0, name.indexOf('_'));
            assertThat(imported).contains(symbol);
            assertThat(inbox.resolve("done").resolve(name)).hasContent("file " + symbol);
        }
        for (String name : refused) {
            assertThat(inbox.resolve("refused").resolve(name + ".reason.txt"))
                    .hasContent("a third one");
        }
    }
}
