package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that take no more. Only the superuser of a machine that lets him can mount such disks.
@Tag("slow")
class FullDiskTest {

    private static final SeriesName MINUTES = SeriesName.of("BTC/USDT", "1m");
    private static final int MONTH_MINUTES = 31 * 24 * 60;

    @TempDir private Path temporary = Path.of("");

    private final List<Path> mounted = new ArrayList<>();

    private void mount(Path at, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        command.add(at.toString());
        assumeTrue(run(command), "needs the right to mount a disk");
        mounted.add(at);
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @AfterEach
    void unmount() throws InterruptedException {
        for (Path path : mounted.reversed()) {
            assertThat(run(List.of("umount", path.toString()))).isTrue();
        }
    }

    /// Imports a month of minutes with random prices, about 1 MB.
    private static void importMonth(BarLake lake, int month) {
        Random random = new Random(month);
        try (Staging staging = lake.stage(MINUTES, Staging.Refusals.IGNORED)) {
            for (int i = 0; i < MONTH_MINUTES; i++) {
                double price = 1 + random.nextDouble();
                long time = (month * (long) MONTH_MINUTES + i) * 60_000_000;
                staging.add(i, time, price, price, price, price, random.nextDouble());
            }
            staging.commit(Merge.KEEP, new Provenance("month " + month, "", "{}", 0, month));
        }
    }

    @Test
    void fullDiskIsToldAndNothingIsLost() throws Exception {
        Path disk = Files.createDirectories(temporary.resolve("disk"));
        mount(disk, "-t", "tmpfs", "-o", "size=12m", "tmpfs");
        try (DataFolder folder = DataFolder.open(disk, "1.0.5.5");
                BarLake lake = Lakes.of(folder)) {
            int[] months = new int[1];
            assertThatThrownBy(
                            () -> {
                                while (months[0] < 100) {
                                    importMonth(lake, months[0]);
                                    months[0]++;
                                }
                            })
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("No space left on device")
                    .extracting(e -> ((StoreException) e).kind())
                    .isEqualTo(StoreException.Kind.UNAVAILABLE);
            assertThat(months[0]).isPositive();
            assertThat(all(lake, MINUTES).count()).isEqualTo(months[0] * MONTH_MINUTES);
            assertThat(run(List.of("mount", "-o", "remount,size=64m", disk.toString()))).isTrue();
            importMonth(lake, months[0]);
            assertThat(all(lake, MINUTES).count()).isEqualTo((months[0] + 1) * MONTH_MINUTES);
        }
    }

    @Test
    void readOnlyVolumeIsToldAndCanBeRead() throws Exception {
        Path data = temporary.resolve("data");
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5");
                BarLake lake = Lakes.of(folder)) {
            lake.merge(SPX, bars(1, 1, 2), Merge.KEEP);
            mount(folder.bars(), "--bind", folder.bars().toString());
            assumeTrue(
                    run(List.of("mount", "-o", "remount,bind,ro", folder.bars().toString())),
                    "needs the right to mount a disk");
            assertThatThrownBy(() -> lake.merge(SPX, bars(1, 3), Merge.KEEP))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot store SPX 1d, it is as before: ")
                    .hasMessageContaining("Read-only file system");
            assertThatThrownBy(() -> lake.delete(SPX)).isInstanceOf(StoreException.class);
            assertThat(all(lake, SPX)).isEqualTo(bars(1, 1, 2));
        }
    }
}
