package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of 330 MB is read by a program that may use 32 MB.
@Tag("slow")
class LargeFileTest {

    private static final int ROWS = 6_000_000;

    /// Reads the file that is named by the first argument and prints the counts.
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            ReadCount count =
                    BarFile.open(
                                    Path.of(arguments[0]),
                                    BarRules.of(Timeframe.M1),
                                    ReadOptions.none(),
                                    Received.noParquet())
                            .read(new Nothing(), _ -> {});
            System.out.print(count);
        }
    }

    private static final class Nothing implements RowSink {

        @Override
        public void row(
                long line,
                long time,
                double open,
                double high,
                double low,
                double close,
                double volume) {}

        @Override
        public void refused(long line, String text, String reason) {}
    }

    private static void write(Path file) throws IOException {
        try (OutputStream stream =
                new BufferedOutputStream(
                        new GZIPOutputStream(Files.newOutputStream(file), 1 << 16))) {
            stream.write("time,open,high,low,close,volume\n".getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < ROWS; i++) {
                // Every tenth row is no bar, so that what is refused takes no room either.
                String prices =
                        i % 10 == 0 ? "7000.25,1,2,3,4.0" : "7000.25,7001.5,6999.75,7000.5,1";
                String row = (1_500_000_000_000L + i * 60_000) + "," + prices + "2.34567\n";
                stream.write(row.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void memoryDoesNotGrowWithTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bars.csv.gz");
        write(file);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "-Xmx32m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isEqualTo(new ReadCount(ROWS, ROWS / 10 * 9, ROWS / 10).toString());
        assertThat(process.waitFor()).isZero();
    }
}
