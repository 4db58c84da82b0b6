package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that imports is killed, and what it leaves is looked at.
///
/// Import number `r` gives every bar of five months the price `r` and adds one bar, so that a state
/// is known by its price and its count, and a mix of two states shows.
@Tag("slow")
class KillTest {

    private static final SeriesName HOURS = SeriesName.of("BTC/USDT", "1h");
    private static final SeriesName WARM = SeriesName.of("WARM", "1h");
    private static final int BARS = 50;
    private static final long STEP = 72 * Timeframe.H1.micros();
    private static final int KILLS = 100;
    private static final int MILLIS_MAX = 600;

    @TempDir private Path temporary = Path.of("");

    /// Imports on and on, and says which import is done.
    static final class Importer {
        private Importer() {}

        public static void main(String... arguments) throws Exception {
            try (DataFolder folder = DataFolder.open(Path.of(arguments[0]), "1.0.5.5");
                    BarLake lake = Lakes.of(folder)) {
                int done = lake.names().contains(HOURS) ? (int) price(lake) : 0;
                // The first import of a process is slow, and what is slow is not in the journal.
                importOnce(lake, WARM, 1);
                System.out.println("open");
                while (true) {
                    importOnce(lake, HOURS, ++done);
                    System.out.println(done);
                }
            }
        }

        private static void importOnce(BarLake lake, SeriesName name, int number) {
            try (Staging staging = lake.stage(name, Staging.Refusals.IGNORED)) {
                for (int i = 0; i < BARS + number; i++) {
                    staging.add(i, i * STEP, number, number, number, number, 1);
                }
                staging.commit(
                        Merge.OVERWRITE, new Provenance("import " + number, "", "{}", 0, number));
            }
        }
    }

    private static double price(BarLake lake) {
        return Lakes.all(lake, HOURS).close().at(0);
    }

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsAMix() throws Exception {
        Path data = temporary.resolve("data");
        Random random = new Random(4);
        int done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // Every fifth dies on its way up, where it may be finishing what the last one left.
            boolean early = kill % 5 == 0;
            int acknowledged = Math.max(done, killAfter(data, early, random.nextInt(MILLIS_MAX)));
            done = check(data, acknowledged);
        }
        // Else the processes never got as far as an import, and the test shows nothing.
        assertThat(done).isGreaterThan(KILLS / 2);
    }

    /// {@return the last import that the process said was done}
    private static int killAfter(Path data, boolean early, int millis) throws Exception {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Importer.class.getName(),
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = process.inputReader()) {
            if (!early) {
                assertThat(lines.readLine()).isEqualTo("open");
            }
            Thread.sleep(millis);
            // By its handle: the process itself would close its output before it is read.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            return lines.lines()
                    .filter(line -> !line.equals("open"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int check(Path data, int acknowledged) throws Exception {
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5");
                BarLake lake = Lakes.of(folder)) {
            if (Files.isDirectory(folder.stages())) {
                assertThat(Lakes.files(folder.stages())).isEmpty();
            }
            if (!lake.names().contains(HOURS)) {
                assertThat(acknowledged).isZero();
                return 0;
            }
            Bars bars = Lakes.all(lake, HOURS);
            int done = (int) bars.close().at(0);
            assertThat(done).isBetween(acknowledged, acknowledged + 1);
            assertThat(bars.count()).isEqualTo(BARS + done);
            for (int i = 0; i < bars.count(); i++) {
                assertThat(bars.close().at(i)).isEqualTo(done);
            }
            var imports = StateDatabase.open(folder.database()).imports(HOURS);
            assertThat(imports).hasSize(done);
            return done;
        }
    }
}
