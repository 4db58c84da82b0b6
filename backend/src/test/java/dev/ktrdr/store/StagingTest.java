package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static dev.ktrdr.store.Lakes.closes;
import static dev.ktrdr.store.Lakes.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagingTest {

    private static final SeriesName MINUTES = SeriesName.of("BTC/USDT", "1m");
    private static final String MINUTES_FOLDER = "timeframe=1m/symbol=BTC%2FUSDT";
    private static final long MINUTE = 60_000_000L;

    @TempDir private Path temporary = Path.of("");

    private final List<String> refused = new ArrayList<>();

    private void withLake(Lakes.Use use) throws Exception {
        Lakes.with(temporary.resolve("data"), use);
    }

    private Staging stage(BarLake lake, SeriesName name) {
        return lake.stage(name, (line, reason) -> refused.add(line + ": " + reason));
    }

    private static void row(Staging staging, long line, long time, double price) {
        staging.add(line, time, price, price, price, price, 7);
    }

    @Test
    void nothingIsThereBeforeTheCommitAndEverythingAfterIt() throws Exception {
        withLake(
                (lake, folder) -> {
                    try (Staging staging = stage(lake, SPX)) {
                        row(staging, 1, DAY, 5);
                        assertThat(staging.preview()).isEqualTo(new Outcome(1, 0, 0));
                        assertThat(lake.names()).isEmpty();
                        assertThat(staging.commit(Merge.KEEP)).isEqualTo(new Outcome(1, 0, 0));
                        assertThat(all(lake, SPX)).isEqualTo(bars(5, 1));
                    }
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    @Test
    void importThatIsGivenUpLeavesNothing() throws Exception {
        withLake(
                (lake, folder) -> {
                    try (Staging staging = stage(lake, MINUTES)) {
                        for (int i = 0; i < 600_000; i++) {
                            row(staging, i, i * MINUTE, 1);
                        }
                        assertThat(files(folder.resolve(".stage"))).hasSize(1);
                    }
                    assertThat(lake.names()).isEmpty();
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    @Test
    void rowsOfOneTimeAreOneBarAndTheFirstStays() throws Exception {
        withLake(
                (lake, _) -> {
                    try (Staging staging = stage(lake, SPX)) {
                        row(staging, 2, 3 * DAY, 5);
                        row(staging, 3, 2 * DAY, 6);
                        row(staging, 4, 3 * DAY, 5);
                        row(staging, 5, 3 * DAY, 7);
                        row(staging, 6, 4 * DAY, 8);
                        assertThat(staging.staged())
                                .isEqualTo(new Staged(5, 1, 1, 1, 3, 2 * DAY, 4 * DAY));
                        staging.commit(Merge.KEEP);
                    }
                    assertThat(refused)
                            .containsExactly("5: differs from line 2, which has the same time");
                    assertThat(closes(lake)).isEqualTo(Map.of(2L, 6.0, 3L, 5.0, 4L, 8.0));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 7, time must lie on the grid of 1d",
        "86400000000, -1, 1, -1, 7, prices must be above 0",
        "86400000000, 1, 0.5, 1, 7, high must not be below open or close",
        "86400000000, 1, 1, 1, -1, volume must be 0 or more",
        "-62135596800000000, 1, 1, 1, 7, time must lie in the years 1700 to 2299",
        "253402214400000000, 1, 1, 1, 7, time must lie in the years 1700 to 2299"
    })
    void rowThatIsNoBarIsRefusedWithItsLine(
            long time, double open, double high, double low, double volume, String reason)
            throws Exception {
        withLake(
                (lake, _) -> {
                    try (Staging staging = stage(lake, SPX)) {
                        staging.add(17, time, open, high, low, open, volume);
                        assertThat(refused).containsExactly("17: " + reason);
                        assertThat(staging.staged()).isEqualTo(new Staged(1, 1, 0, 0, 0, 0, 0));
                    }
                });
    }

    @Test
    void pricesBelowZeroAreForSymbolsThatMayHaveThem() throws Exception {
        Path data = temporary.resolve("data");
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5");
                BarLake lake =
                        new BarLake(
                                folder,
                                StateDatabase.open(folder.database()),
                                symbol -> symbol.equals("SPREAD"),
                                0)) {
            SeriesName spread = SeriesName.of("SPREAD", "1d");
            try (Staging staging = stage(lake, spread)) {
                row(staging, 1, DAY, -37.63);
                staging.commit(Merge.KEEP);
            }
            assertThat(all(lake, spread).close().at(0)).isEqualTo(-37.63);
            assertThat(all(lake, spread).rules()).isEqualTo(lake.rules(spread));
        }
    }

    @Test
    void existingBarsStayOrGiveWayAsIsAsked() throws Exception {
        withLake(
                (lake, _) -> {
                    lake.merge(SPX, bars(1, 1, 2, 3), Merge.KEEP);
                    assertThat(lake.merge(SPX, bars(2, 3, 4), Merge.KEEP))
                            .isEqualTo(new Outcome(1, 0, 1));
                    assertThat(closes(lake)).isEqualTo(Map.of(1L, 1.0, 2L, 1.0, 3L, 1.0, 4L, 2.0));
                    assertThat(lake.merge(SPX, bars(3, 2, 3), Merge.OVERWRITE))
                            .isEqualTo(new Outcome(0, 0, 2));
                    assertThat(closes(lake)).isEqualTo(Map.of(1L, 1.0, 2L, 3.0, 3L, 3.0, 4L, 2.0));
                    assertThat(lake.merge(SPX, bars(3, 2, 3), Merge.OVERWRITE))
                            .isEqualTo(new Outcome(0, 2, 0));
                });
    }

    /// A bar that was filled in on purpose must never stand in the way of the market.
    @Test
    void realBarTakesThePlaceOfAFilledOneAndNeverTheOtherWay() throws Exception {
        BarBuffer buffer = new BarBuffer(BarRules.of(SPX.timeframe()));
        for (long day : new long[] {1, 2}) {
            buffer.add(day * DAY, 9, 9, 9, 9, 0);
            buffer.markSynthetic();
        }
        Bars filled = buffer.bars();
        withLake(
                (lake, _) -> {
                    lake.merge(SPX, bars(1, 1), Merge.KEEP);
                    lake.merge(SPX, filled, Merge.OVERWRITE);
                    assertThat(closes(lake)).isEqualTo(Map.of(1L, 1.0, 2L, 9.0));
                    assertThat(all(lake, SPX).isSynthetic(0)).isFalse();
                    assertThat(all(lake, SPX).isSynthetic(1)).isTrue();
                    assertThat(lake.merge(SPX, bars(2, 2), Merge.KEEP))
                            .isEqualTo(new Outcome(1, 0, 0));
                    assertThat(closes(lake)).isEqualTo(Map.of(1L, 1.0, 2L, 2.0));
                    assertThat(all(lake, SPX).syntheticCount()).isZero();
                });
    }

    @Test
    void minutesLieInOneFileAMonthAndUntouchedMonthsStayUntouched() throws Exception {
        withLake(
                (lake, folder) -> {
                    Path series = folder.resolve(MINUTES_FOLDER);
                    lake.merge(MINUTES, Lakes.bars(MINUTES, 1, -1, 0, 44_639, 44_640), Merge.KEEP);
                    assertThat(files(series))
                            .containsExactly(
                                    "1969-12.parquet", "1970-01.parquet", "1970-02.parquet");
                    var before = Files.getLastModifiedTime(series.resolve("1969-12.parquet"));
                    lake.merge(MINUTES, Lakes.bars(MINUTES, 1, 5, 6), Merge.KEEP);
                    assertThat(Files.getLastModifiedTime(series.resolve("1969-12.parquet")))
                            .isEqualTo(before);
                    assertThat(all(lake, MINUTES))
                            .isEqualTo(Lakes.bars(MINUTES, 1, -1, 0, 5, 6, 44_639, 44_640));
                    List<Bars> parts = new ArrayList<>();
                    lake.parts(MINUTES).forEach(parts::add);
                    assertThat(parts).extracting(Bars::count).containsExactly(1, 4, 1);
                });
    }

    /// Three times as many rows as stay in memory, over 14 months, in no order at all, with doubles
    /// and clashes; the store must have what a map would have. Seed 3.
    @Test
    void anyOrderOfMoreRowsThanMemoryHoldsGivesTheSameSeries() throws Exception {
        int count = 800_000;
        Random random = new Random(3);
        double[] first = new double[600_000];
        withLake(
                (lake, _) -> {
                    int duplicates = 0;
                    int clashes = 0;
                    int bars = 0;
                    try (Staging staging = lake.stage(MINUTES, Staging.Refusals.IGNORED)) {
                        for (int line = 0; line < count; line++) {
                            int minute = random.nextInt(first.length);
                            double price = 1 + random.nextInt(2);
                            row(staging, line, minute * MINUTE, price);
                            duplicates += first[minute] == price ? 1 : 0;
                            clashes += first[minute] != price && first[minute] > 0 ? 1 : 0;
                            bars += first[minute] == 0 ? 1 : 0;
                            first[minute] = first[minute] == 0 ? price : first[minute];
                        }
                        Staged staged = staging.staged();
                        assertThat(staged.duplicateCount()).isEqualTo(duplicates);
                        assertThat(staged.refusedCount()).isEqualTo(clashes);
                        assertThat(staged.barCount()).isEqualTo(bars);
                        staging.commit(Merge.KEEP);
                    }
                    Bars stored = all(lake, MINUTES);
                    assertThat(stored.count()).isEqualTo(bars);
                    for (int i = 0; i < bars; i++) {
                        int minute = (int) (stored.time(i) / MINUTE);
                        assertThat(stored.close().at(i)).isEqualTo(first[minute]);
                    }
                });
    }

    @Test
    void importIsRememberedWithWhatItDid() throws Exception {
        Path data = temporary.resolve("data");
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5")) {
            StateDatabase database = StateDatabase.open(folder.database());
            try (BarLake lake = Lakes.of(folder)) {
                lake.merge(SPX, bars(1, 1), Merge.KEEP);
                Provenance provenance = new Provenance("a.csv", "ab12", "{}", 1, 5);
                String id;
                try (Staging staging = stage(lake, SPX)) {
                    id = staging.id();
                    row(staging, 1, DAY, 1);
                    row(staging, 2, 2 * DAY, 1);
                    staging.commit(Merge.KEEP, provenance);
                }
                Import first =
                        new Import(
                                id,
                                SPX,
                                provenance,
                                Merge.KEEP,
                                new Staged(2, 0, 0, 0, 2, DAY, 2 * DAY),
                                new Outcome(1, 1, 0),
                                "stored");
                assertThat(database.imports(SPX)).containsExactly(first);
                lake.delete(SPX);
                assertThat(database.imports(SPX)).extracting(Import::state).containsOnly("deleted");
            }
        }
    }

    @Test
    void stagingIsCommittedOnce() throws Exception {
        withLake(
                (lake, _) -> {
                    try (Staging staging = stage(lake, SPX)) {
                        row(staging, 1, DAY, 1);
                        staging.commit(Merge.KEEP);
                        assertThatThrownBy(() -> staging.commit(Merge.KEEP))
                                .isInstanceOf(IllegalStateException.class);
                    }
                });
    }

    @Test
    void barsOfAnotherTimeframeAreRefused() throws Exception {
        withLake(
                (lake, _) ->
                        assertThatThrownBy(() -> lake.merge(MINUTES, bars(1, 1), Merge.KEEP))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage("bars must be of BTC/USDT 1m, were of 1d"));
    }

    /// What a crash after the commit leaves: the record, some files moved, some not.
    @Test
    void commitThatWasCutOffIsFinishedAtTheNextStart() throws Exception {
        SeriesName hours = SeriesName.of("A", "1h");
        withLake((lake, _) -> lake.merge(hours, Lakes.bars(hours, 1, 0, 800), Merge.KEEP));
        Path bars = temporary.resolve("data/bars");
        Path series = bars.resolve("timeframe=1h/symbol=A");
        Path stage = Files.createDirectories(bars.resolve(".stage/x"));
        Files.move(series.resolve("1970-02.parquet"), stage.resolve("1970-02.parquet.part"));
        Files.writeString(series.resolve("old.parquet"), "merged already");
        new Commit(
                        hours,
                        List.of("1970-01.parquet", "1970-02.parquet"),
                        List.of("old.parquet"),
                        List.of())
                .write(stage);
        withLake(
                (lake, folder) -> {
                    assertThat(all(lake, hours)).isEqualTo(Lakes.bars(hours, 1, 0, 800));
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    @Test
    void stageWithoutACommitIsGoneAtTheNextStart() throws Exception {
        withLake((lake, _) -> lake.merge(SPX, bars(1, 1), Merge.KEEP));
        Path stage = temporary.resolve("data/bars/.stage/x");
        Files.createDirectories(stage);
        Files.writeString(stage.resolve("bars.parquet.part"), "half of one");
        Files.writeString(stage.resolve("commit.json.part"), "{\"series");
        withLake(
                (lake, folder) -> {
                    assertThat(all(lake, SPX)).isEqualTo(bars(1, 1));
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    /// A folder lies where a file of the import belongs.
    @Test
    void commitThatCannotBePutIntoPlaceIsFinishedWithTheNextAccess() throws Exception {
        withLake(
                (lake, folder) -> {
                    lake.merge(MINUTES, Lakes.bars(MINUTES, 1, 0), Merge.KEEP);
                    Path blocked = folder.resolve(MINUTES_FOLDER).resolve("1970-02.parquet");
                    Files.createDirectories(blocked.resolve("inside"));
                    Bars more = Lakes.bars(MINUTES, 2, 1, 44_640, 2 * 44_640);
                    assertThatThrownBy(() -> lake.merge(MINUTES, more, Merge.KEEP))
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("BTC/USDT 1m, it will be finished later: ");
                    assertThatThrownBy(() -> all(lake, MINUTES)).isInstanceOf(StoreException.class);
                    Trees.delete(blocked);
                    assertThat(all(lake, MINUTES).count()).isEqualTo(4);
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    @Test
    void barsCanBeReadWhileTheDatabaseIsBehindAndItCatchesUp() throws Exception {
        Path data = temporary.resolve("data");
        withLake(
                (lake, _) -> {
                    ask(data, "ALTER TABLE import RENAME TO away");
                    try (Staging staging = stage(lake, SPX)) {
                        row(staging, 1, DAY, 1);
                        Provenance provenance = new Provenance("a.csv", "ab12", "{}", 0, 5);
                        assertThatThrownBy(() -> staging.commit(Merge.KEEP, provenance))
                                .isInstanceOf(StoreException.class);
                    }
                    assertThat(all(lake, SPX)).isEqualTo(bars(1, 1));
                    ask(data, "ALTER TABLE away RENAME TO import");
                    lake.merge(SPX, bars(1, 2), Merge.KEEP);
                    assertThat(StateDatabase.open(data.resolve("ktrdr.db")).imports(SPX))
                            .hasSize(1);
                });
    }

    private static void ask(Path data, String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ktrdr.db"));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
