package dev.ktrdr.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.HandClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir private Path folder = Path.of("");
    private final HandClock clock = HandClock.anywhere();

    /// The message and nothing else.
    private static final class Plain extends ExtFormatter {
        @Override
        public String format(ExtLogRecord event) {
            return event.getMessage() + "\n";
        }
    }

    private LogFile open(Path logs, long fileBytes, long totalBytes) {
        return new LogFile(logs, fileBytes, totalBytes, new Plain(), clock);
    }

    private void write(LogFile file, String message) {
        clock.advance(Duration.ofMillis(1));
        file.publish(new ExtLogRecord(Level.INFO, message, FormatStyle.NO_FORMAT, "any"));
    }

    /// {@return a line of a hundred bytes with its number}
    private static String line(int number) {
        return "%06d %s".formatted(number, "x".repeat(92));
    }

    private static List<Path> rotated(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(f -> f.toString().endsWith(".log.gz")).sorted().toList();
        }
    }

    /// {@return the numbers of all lines in all files, oldest file first}
    private static List<Integer> numbers(Path logs) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path file : rotated(logs)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                numbers(in, numbers);
            }
        }
        try (InputStream in = Files.newInputStream(logs.resolve("ktrdr.log"))) {
            numbers(in, numbers);
        }
        return numbers;
    }

    private static void numbers(InputStream in, List<Integer> numbers) {
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .forEach(line -> numbers.add(Integer.valueOf(line.substring(0, 6))));
    }

    private static long size(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void folderAndFileAreMadeWithTheFirstLine() throws IOException {
        Path logs = folder.resolve("new/logs");
        try (LogFile file = open(logs, 1_000, 10_000)) {
            assertThat(logs).doesNotExist();
            write(file, "first");
            assertThat(logs.resolve("ktrdr.log")).hasContent("first");
            assertThat(file.failure()).isEmpty();
        }
    }

    @Test
    void fileIsRotatedBeforeItGrowsBeyondItsSizeAndNoLineIsLost() throws IOException {
        try (LogFile file = open(folder, 1_000, 1_000_000)) {
            for (int i = 0; i < 105; i++) {
                write(file, line(i));
            }
        }
        assertThat(rotated(folder)).hasSize(10);
        assertThat(folder.resolve("ktrdr.log")).hasSize(500);
        assertThat(numbers(folder)).isEqualTo(IntStream.range(0, 105).boxed().toList());
    }

    @Test
    void allFilesTogetherStayBelowTheTotalAndTheOldestGo() throws IOException {
        long total = 3_000;
        try (LogFile file = open(folder, 1_000, total)) {
            for (int i = 0; i < 1_000; i++) {
                write(file, line(i));
                assertThat(size(folder)).isLessThanOrEqualTo(total);
            }
        }
        List<Integer> kept = numbers(folder);
        assertThat(kept.getFirst()).isPositive();
        assertThat(kept).isEqualTo(IntStream.rangeClosed(kept.getFirst(), 999).boxed().toList());
    }

    @Test
    void sizeOfAFileIsAtMostHalfOfTheTotal() throws IOException {
        try (LogFile file = open(folder, 100_000, 2_000)) {
            for (int i = 0; i < 100; i++) {
                write(file, line(i));
            }
        }
        assertThat(size(folder)).isLessThanOrEqualTo(2_000);
        assertThat(rotated(folder)).isNotEmpty();
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Path foreign = Files.writeString(folder.resolve("ktrdr-notes.log"), "x".repeat(50_000));
        try (LogFile file = open(folder, 1_000, 3_000)) {
            for (int i = 0; i < 200; i++) {
                write(file, line(i));
            }
        }
        assertThat(foreign).exists();
    }

    @Test
    void leftoverOfARotationThatWasCutOffIsRemovedInTime() throws IOException {
        Path part = folder.resolve("ktrdr-20200101T000000.000Z.log.gz.part");
        Files.writeString(part, "x".repeat(2_500));
        try (LogFile file = open(folder, 1_000, 3_000)) {
            write(file, line(0));
        }
        assertThat(part).doesNotExist();
    }

    @Test
    void secondStartAppends() throws IOException {
        for (int start = 0; start < 2; start++) {
            try (LogFile file = open(folder, 1_000, 10_000)) {
                for (int i = 0; i < 6; i++) {
                    write(file, line(6 * start + i));
                }
            }
        }
        assertThat(numbers(folder)).isEqualTo(IntStream.range(0, 12).boxed().toList());
        assertThat(rotated(folder)).as("what was there before counts").hasSize(1);
    }

    @Test
    void unwritableFolderIsAFailureAndIsTriedAgainAfterAWhile() throws IOException {
        Path logs = Files.writeString(folder.resolve("logs"), "a file, no folder");
        try (LogFile file = open(logs, 1_000, 10_000)) {
            write(file, "lost");
            assertThat(file.failure()).isPresent();
            Files.delete(logs);
            write(file, "too early");
            assertThat(file.failure()).isPresent();
            assertThat(logs).doesNotExist();
            clock.advance(Duration.ofSeconds(10));
            write(file, "written");
            assertThat(file.failure()).isEmpty();
            assertThat(logs.resolve("ktrdr.log")).hasContent("written");
        }
    }

    @Test
    void rotationThatFailsKeepsTheLinesAndIsTriedAgain() throws IOException {
        try (LogFile file = open(folder, 1_000, 100_000)) {
            for (int i = 0; i < 10; i++) {
                write(file, line(i));
            }
            Path blocked = folder.resolve("ktrdr-20260102T030405.011Z.log.gz.part");
            Files.createDirectories(blocked.resolve("inside"));
            write(file, line(10));
            assertThat(file.failure()).isPresent();
            assertThat(folder.resolve("ktrdr.log")).hasSize(1_000);
            clock.advance(Duration.ofSeconds(10));
            write(file, line(11));
            write(file, line(12));
            assertThat(file.failure()).isEmpty();
            assertThat(numbers(folder)).contains(0, 9, 11, 12);
        }
    }

    @Test
    void lineLongerThanTheFileIsWrittenWhole() throws IOException {
        try (LogFile file = open(folder, 1_000, 100_000)) {
            write(file, "y".repeat(5_000));
            write(file, line(1));
        }
        assertThat(rotated(folder)).hasSize(1);
    }

    @Test
    void threadsDoNotMixTheirLines() throws Exception {
        try (LogFile file = open(folder, 20_000, 10_000_000)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t * 500;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int i = first; i < first + 500; i++) {
                                                write(file, line(i));
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(numbers(folder)).hasSize(2_000).doesNotHaveDuplicates();
    }
}
