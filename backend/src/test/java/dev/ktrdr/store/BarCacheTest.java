package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.SPX_FOLDER;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarCacheTest {

    private static final Fingerprint ONE = new Fingerprint("1");
    private static final Fingerprint TWO = new Fingerprint("2");
    private static final SeriesName OTHER = SeriesName.of("OTHER", "1d");

    @TempDir private Path temporary = Path.of("");

    @Test
    void seriesIsFoundInTheStateItWasKeptIn() {
        BarCache cache = new BarCache(1_000);
        cache.keep(SPX, ONE, bars(1, 1, 2));
        assertThat(cache.find(SPX, ONE)).contains(bars(1, 1, 2));
        assertThat(cache.find(SPX, TWO)).isEmpty();
        assertThat(cache.find(OTHER, ONE)).isEmpty();
        assertThat(cache.use()).isEqualTo(new CacheUse(0, 1_000, 1, 2));
    }

    /// A bar takes 48 bytes, so two fit into 100.
    @Test
    void seriesThatWasUsedLongestAgoGoesFirst() {
        BarCache cache = new BarCache(100);
        SeriesName third = SeriesName.of("THIRD", "1d");
        cache.keep(SPX, ONE, bars(1, 1));
        cache.keep(OTHER, ONE, bars(1, 1));
        assertThat(cache.find(SPX, ONE)).isPresent();
        cache.keep(third, ONE, bars(1, 1));
        assertThat(cache.use().bytes()).isEqualTo(96);
        assertThat(cache.find(OTHER, ONE)).isEmpty();
        assertThat(cache.find(SPX, ONE)).isPresent();
        assertThat(cache.find(third, ONE)).isPresent();
    }

    @Test
    void newStateTakesThePlaceOfTheOld() {
        BarCache cache = new BarCache(100);
        cache.keep(SPX, ONE, bars(1, 1));
        cache.keep(SPX, TWO, bars(1, 1, 2));
        assertThat(cache.use().bytes()).isEqualTo(96);
        assertThat(cache.find(SPX, TWO)).contains(bars(1, 1, 2));
    }

    @Test
    void lakeReadsFilesOnceUntilTheyChange() throws Exception {
        Lakes.with(
                temporary.resolve("data"),
                (lake, folder) -> {
                    lake.merge(SPX, bars(1, 1, 2, 3), Merge.KEEP);
                    assertThat(all(lake, SPX)).isEqualTo(bars(1, 1, 2, 3));
                    assertThat(lake.read(SPX, 2 * DAY, 3 * DAY)).isEqualTo(bars(1, 2));
                    assertThat(lake.cacheUse().hitCount()).isEqualTo(1);
                    assertThat(lake.cacheUse().bytes()).isEqualTo(3 * 48);
                    Fingerprint before = lake.fingerprint(SPX);
                    lake.merge(SPX, bars(2, 4), Merge.KEEP);
                    assertThat(lake.fingerprint(SPX)).isNotEqualTo(before);
                    assertThat(all(lake, SPX).count()).isEqualTo(4);
                    assertThat(lake.cacheUse().bytes()).isEqualTo(4 * 48);
                    Files.delete(folder.resolve(SPX_FOLDER).resolve("bars.parquet"));
                    assertThat(lake.names()).isEmpty();
                });
    }

    @Test
    void seriesThatHasNoRoomIsReadByRange() throws Exception {
        Path data = temporary.resolve("data");
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5");
                BarLake lake =
                        new BarLake(
                                folder, StateDatabase.open(folder.database()), _ -> false, 100)) {
            lake.merge(SPX, bars(1, 1, 2, 3), Merge.KEEP);
            assertThat(lake.read(SPX, 2 * DAY, 3 * DAY)).isEqualTo(bars(1, 2));
            assertThat(all(lake, SPX)).isEqualTo(bars(1, 1, 2, 3));
            assertThat(lake.cacheUse()).isEqualTo(new CacheUse(0, 100, 0, 2));
        }
    }
}
