package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.RULES;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.SPX_FOLDER;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static dev.ktrdr.store.Lakes.closes;
import static dev.ktrdr.store.Lakes.files;
import static dev.ktrdr.store.Lakes.merge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.series.Series;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarLakeTest {

    @TempDir private Path temporary = Path.of("");

    private void withLake(Lakes.Use use) throws Exception {
        Lakes.with(temporary.resolve("data"), use);
    }

    @Test
    void whatIsStoredIsReadBackToTheBit() throws Exception {
        Random random = new Random(1);
        int count = 5_000;
        long[] times = new long[count];
        double[][] columns = new double[5][count];
        for (int i = 0; i < count; i++) {
            times[i] = (i - 2_500L) * 60_000_000L;
            double open = random.nextDouble() + 0.5;
            double close = random.nextDouble() + 0.5;
            columns[0][i] = open;
            columns[1][i] = Math.max(open, close) + random.nextDouble();
            columns[2][i] = Math.min(open, close) * random.nextDouble() + Double.MIN_VALUE;
            columns[3][i] = close;
            columns[4][i] = random.nextBoolean() ? Double.NaN : random.nextInt(5) * 1e300;
        }
        Bars bars =
                Bars.of(
                        BarRules.of(Timeframe.M1),
                        times,
                        Series.of(columns[0]),
                        Series.of(columns[1]),
                        Series.of(columns[2]),
                        Series.of(columns[3]),
                        Series.of(columns[4]));
        SeriesName name = SeriesName.of("BTC/USDT", "1m");
        withLake((lake, _) -> assertThat(merge(lake, name, bars)).isEqualTo(count));
        withLake((lake, _) -> assertThat(all(lake, name)).isEqualTo(bars));
    }

    @Test
    void barsThatAreThereStayAndNewOnesAreAdded() throws Exception {
        withLake(
                (lake, _) -> {
                    merge(lake, SPX, bars(1, 10, 11, 12));
                    assertThat(merge(lake, SPX, bars(2, 9, 11, 13))).isEqualTo(5);
                    assertThat(closes(lake))
                            .isEqualTo(Map.of(9L, 2.0, 10L, 1.0, 11L, 1.0, 12L, 1.0, 13L, 2.0));
                });
    }

    /// Whatever is imported, in whatever pieces: the first bar of each day stays. 30 rounds.
    @Test
    void anySequenceOfMergesKeepsTheFirstBarOfEachDay() throws Exception {
        Random random = new Random(2);
        Map<Long, Double> expected = new TreeMap<>();
        withLake(
                (lake, _) -> {
                    for (int round = 1; round <= 30; round++) {
                        int first = random.nextInt(50);
                        long[] days =
                                random.longs(random.nextInt(1, 20), first, first + 30)
                                        .sorted()
                                        .distinct()
                                        .toArray();
                        for (long day : days) {
                            expected.putIfAbsent(day, (double) round);
                        }
                        assertThat(merge(lake, SPX, bars(round, days))).isEqualTo(expected.size());
                        assertThat(closes(lake)).isEqualTo(expected);
                    }
                });
    }

    @Test
    void volumeThatNobodyReportedStaysMissing() throws Exception {
        Series one = Series.of(1, 1);
        Bars bars =
                Bars.of(RULES, new long[] {0, DAY}, one, one, one, one, Series.of(Double.NaN, 0));
        withLake(
                (lake, folder) -> {
                    merge(lake, SPX, bars);
                    merge(lake, SPX, bars(1, 5));
                    assertThat(all(lake, SPX).volume()).isEqualTo(Series.of(Double.NaN, 0, 7));
                    Path file = folder.resolve(SPX_FOLDER).resolve("bars.parquet");
                    assertThat(nulls(file)).isEqualTo(1);
                });
    }

    private static int nulls(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM '" + file + "' WHERE volume IS NULL")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void rangeHasItsStartAndNotItsEnd() throws Exception {
        withLake(
                (lake, _) -> {
                    merge(lake, SPX, bars(1, 10, 11, 12, 13));
                    assertThat(lake.read(SPX, 11 * DAY, 13 * DAY)).isEqualTo(bars(1, 11, 12));
                    assertThat(lake.read(SPX, 20 * DAY, 30 * DAY).count()).isZero();
                    assertThat(lake.read(SPX, 13 * DAY, 11 * DAY).count()).isZero();
                });
    }

    @Test
    void seriesThatIsNotThereIsNotFound() throws Exception {
        withLake(
                (lake, _) ->
                        assertThatThrownBy(() -> all(lake, SPX))
                                .isInstanceOf(StoreException.class)
                                .hasMessage("no data for SPX 1d")
                                .extracting(e -> ((StoreException) e).kind())
                                .isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @Test
    void seriesAreListedBySymbolAndThenTimeframe() throws Exception {
        withLake(
                (lake, folder) -> {
                    assertThat(lake.names()).isEmpty();
                    for (String symbol : List.of("b", "BTC/USDT", "^GSPC", "A")) {
                        merge(lake, SeriesName.of(symbol, "1d"), bars(1, 1));
                    }
                    SeriesName minutes = SeriesName.of("A", "1m");
                    merge(lake, minutes, Lakes.bars(minutes, 1, 0));
                    Files.createDirectories(folder.resolve("timeframe=1d/symbol=EMPTY"));
                    Files.createDirectories(folder.resolve("notes/2020"));
                    Files.writeString(folder.resolve("README"), "x");
                    assertThat(lake.names())
                            .extracting(SeriesName::toString)
                            .containsExactly("A 1m", "A 1d", "BTC/USDT 1d", "^GSPC 1d", "b 1d");
                });
    }

    @Test
    void symbolsThatDifferByCaseOrTimeframeAreSeriesOfTheirOwn() throws Exception {
        withLake(
                (lake, _) -> {
                    SeriesName minutes = SeriesName.of("abc", "1m");
                    SeriesName others = SeriesName.of("ABC", "1m");
                    SeriesName months = SeriesName.of("abc", "1M");
                    merge(lake, minutes, Lakes.bars(minutes, 1, 0));
                    merge(lake, others, Lakes.bars(others, 2, 0));
                    merge(lake, months, Lakes.bars(months, 3, 0));
                    assertThat(all(lake, minutes)).isEqualTo(Lakes.bars(minutes, 1, 0));
                    assertThat(all(lake, others)).isEqualTo(Lakes.bars(others, 2, 0));
                    assertThat(all(lake, months)).isEqualTo(Lakes.bars(months, 3, 0));
                });
    }

    @Test
    void seriesThatIsDeletedIsGoneAndCanBeginAnew() throws Exception {
        withLake(
                (lake, folder) -> {
                    merge(lake, SPX, bars(1, 1, 2));
                    assertThat(lake.bytes(SPX)).isPositive();
                    lake.delete(SPX);
                    assertThat(lake.names()).isEmpty();
                    assertThat(lake.bytes(SPX)).isZero();
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                    assertThatThrownBy(() -> lake.delete(SPX)).hasMessage("no data for SPX 1d");
                    assertThat(merge(lake, SPX, bars(2, 3))).isEqualTo(1);
                    assertThat(all(lake, SPX)).isEqualTo(bars(2, 3));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spx|1h|SPX 1h, SPX 1d",
                "SPX|1d|SPX 1d, SPX 1h",
                "SXP|1d|SPX 1d, SPX 1h",
                "BTC-USDT|1d|BTC/USDT 1d",
                "NOTHING|1d|''"
            })
    void nearestNamesAreThoseThatWereMeant(String symbol, String timeframe, String nearest)
            throws Exception {
        withLake(
                (lake, _) -> {
                    for (String name : List.of("SPX 1d", "SPX 1h", "BTC/USDT 1d", "EURUSD 1d")) {
                        String[] parts = name.split(" ", -1);
                        SeriesName series = SeriesName.of(parts[0], parts[1]);
                        merge(lake, series, Lakes.bars(series, 1, 0));
                    }
                    assertThat(lake.nearest(SeriesName.of(symbol, timeframe)))
                            .extracting(SeriesName::toString)
                            .isEqualTo(
                                    nearest.isEmpty()
                                            ? List.of()
                                            : List.of(nearest.split(", ", -1)));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "with blank", "[a]", "*", "50%", "a=b", "ü€"})
    void dataFolderMayHaveAnyName(String name) throws Exception {
        Lakes.with(
                temporary.resolve(name),
                (lake, _) -> {
                    merge(lake, SPX, bars(1, 1));
                    assertThat(merge(lake, SPX, bars(1, 2))).isEqualTo(2);
                    assertThat(all(lake, SPX)).isEqualTo(bars(1, 1, 2));
                });
    }

    @Test
    void writeThatFailsLeavesTheSeriesAsBefore() throws Exception {
        withLake(
                (lake, folder) -> {
                    merge(lake, SPX, bars(1, 10, 11));
                    Path stages = folder.resolve(".stage");
                    Trees.delete(stages);
                    Files.writeString(stages, "a file");
                    assertThatThrownBy(() -> merge(lake, SPX, bars(2, 12)))
                            .isInstanceOf(StoreException.class)
                            .hasMessageStartingWith("cannot store SPX 1d, it is as before: ")
                            .extracting(e -> ((StoreException) e).kind())
                            .isEqualTo(StoreException.Kind.UNAVAILABLE);
                    assertThat(all(lake, SPX)).isEqualTo(bars(1, 10, 11));
                    Files.delete(stages);
                    assertThat(merge(lake, SPX, bars(2, 12))).isEqualTo(3);
                });
    }

    @Test
    void seriesWhoseFolderCannotBeMadeIsUnavailable() throws Exception {
        withLake(
                (lake, folder) -> {
                    Files.writeString(folder.resolve("timeframe=1d"), "a file");
                    assertThatThrownBy(() -> merge(lake, SPX, bars(1, 1)))
                            .isInstanceOf(StoreException.class);
                });
    }

    @Test
    void mergeIsDurableAndLeavesNothingBeside() throws Exception {
        withLake(
                (lake, folder) -> {
                    merge(lake, SPX, bars(1, 10));
                    merge(lake, SPX, bars(1, 11));
                    assertThat(files(folder.resolve(SPX_FOLDER))).containsExactly("bars.parquet");
                    assertThat(files(folder.resolve(".stage"))).isEmpty();
                });
    }

    @Test
    void equalBarsGiveEqualBytes() throws Exception {
        List<byte[]> written = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Lakes.with(
                    temporary.resolve(name),
                    (lake, folder) -> {
                        merge(lake, SPX, bars(1, 10, 11, 12));
                        Path file = folder.resolve(SPX_FOLDER).resolve("bars.parquet");
                        written.add(Files.readAllBytes(file));
                    });
        }
        assertThat(written.get(0)).isEqualTo(written.get(1));
    }

    @Test
    void threadsMergeIntoOneSeriesWithoutLosingABar() throws Exception {
        withLake(
                (lake, _) -> {
                    List<Thread> threads = new ArrayList<>();
                    for (int t = 0; t < 8; t++) {
                        int first = 10 * t;
                        threads.add(
                                Thread.ofVirtual()
                                        .start(
                                                () -> {
                                                    merge(lake, SPX, bars(1, first, first + 1));
                                                    merge(lake, SPX, bars(1, first + 2));
                                                }));
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                    assertThat(all(lake, SPX).count()).isEqualTo(24);
                });
    }
}
