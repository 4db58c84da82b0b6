package dev.ktrdr.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/// Writes the lines to `ktrdr.log`, rotated and compressed here, with a cap on all files together.
///
/// Nothing outside has to rotate: there is no daemon in a container, and copying a file away while
/// it is written loses lines. If the folder cannot be written, the lines are still on standard
/// output: the failure is kept for health, and writing is tried again after a while. Threads may
/// share it.
public final class LogFile extends ExtHandler {

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Path current;
    private final long fileBytesMax;
    private final long totalBytesMax;
    private final Clock clock;
    private @Nullable OutputStream out;
    private long bytes;
    private @Nullable String failure;
    private Instant retryAt = Instant.MIN;

    /// @param folder where `ktrdr.log` and the rotated files lie
    /// @param fileBytesMax size at which the file is rotated
    /// @param totalBytesMax size of all files together, above which the oldest go
    /// @param formatter form of the lines
    /// @param clock time for the names of rotated files and for trying again
    public LogFile(
            Path folder,
            long fileBytesMax,
            long totalBytesMax,
            ExtFormatter formatter,
            Clock clock) {
        this.folder = folder;
        this.current = folder.resolve("ktrdr.log");
        this.fileBytesMax = Math.min(fileBytesMax, totalBytesMax / 2);
        this.totalBytesMax = totalBytesMax;
        this.clock = clock;
        setFormatter(formatter);
    }

    /// {@return why lines cannot be written to the folder, empty while they can}
    public Optional<String> failure() {
        synchronized (this) {
            return Optional.ofNullable(failure);
        }
    }

    @Override
    protected void doPublish(ExtLogRecord event) {
        byte[] line = getFormatter().format(event).getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (failure != null && clock.instant().isBefore(retryAt)) {
                return;
            }
            try {
                if (out != null && bytes + line.length > fileBytesMax) {
                    rotate();
                }
                OutputStream target = out == null ? open() : out;
                target.write(line);
                bytes += line.length;
                failure = null;
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(folder);
        OutputStream opened =
                Files.newOutputStream(
                        current, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out = opened;
        bytes = Files.size(current);
        prune();
        return opened;
    }

    private void rotate() throws IOException {
        shut();
        Path rotated = folder.resolve("ktrdr-" + STAMP.format(clock.instant()) + ".log.gz");
        Path part = folder.resolve(rotated.getFileName() + ".part");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(part))) {
            Files.copy(current, packed);
        }
        Files.move(part, rotated);
        Files.delete(current);
        open();
    }

    private void prune() throws IOException {
        List<Path> rotated;
        try (Stream<Path> files = Files.list(folder)) {
            rotated =
                    files.filter(LogFile::isRotated)
                            .sorted(Comparator.comparing(Path::getFileName).reversed())
                            .toList();
        }
        long total = fileBytesMax;
        for (Path file : rotated) {
            total += Files.size(file);
            if (total > totalBytesMax) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isRotated(Path file) {
        return file.getFileName().toString().matches("ktrdr-[0-9T.]+Z\\.log\\.gz(\\.part)?");
    }

    private void fail(IOException e) {
        shut();
        failure = e.getClass().getSimpleName() + ": " + e.getMessage();
        retryAt = clock.instant().plus(RETRY);
    }

    private void shut() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                failure = e.getMessage();
            }
            out = null;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            shut();
        }
        super.close();
    }
}
