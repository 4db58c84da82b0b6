package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.SPX_FOLDER;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static dev.ktrdr.store.Lakes.closes;
import static dev.ktrdr.store.Lakes.files;
import static dev.ktrdr.store.Lakes.merge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.series.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in the lake that this program has not written, or not finished.
class HandMadeFileTest {

    @TempDir private Path temporary = Path.of("");

    private void withLake(Lakes.Use use) throws Exception {
        Lakes.with(temporary.resolve("data"), use);
    }

    /// Writes the rows that `query` gives as somebody with a tool of their own would.
    private static void byHand(Path file, String query) throws SQLException, IOException {
        Files.createDirectories(file.resolveSibling("."));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
    }

    private static String row(int day, double price) {
        return "SELECT make_timestamp(%d) AS time, %s AS open, %s AS high, %s AS low, %s AS close,"
                        .formatted(day * DAY, price, price, price, price)
                + " 7.0 AS volume";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM (%s)",
                "SELECT * REPLACE (time::TIMESTAMPTZ AS time) FROM (%s)",
                "SELECT * REPLACE (time::TIMESTAMP_NS AS time) FROM (%s)",
                "SELECT * REPLACE (time::TIMESTAMP_S AS time) FROM (%s)",
                "SELECT * REPLACE (volume::BIGINT AS volume, open::FLOAT AS open) FROM (%s)",
                "SELECT time AS Timestamp, * EXCLUDE (time) FROM (%s)",
                "SELECT time::DATE AS date, * EXCLUDE (time) FROM (%s)",
                "SELECT 'x' AS note, volume, * EXCLUDE (volume) FROM (%s)"
            })
    void fileThatSomebodyPutThereIsPickedUpAndMergedInto(String form) throws Exception {
        withLake(
                (lake, folder) -> {
                    Path file = folder.resolve(SPX_FOLDER).resolve("mine.parquet");
                    byHand(file, form.formatted(row(3, 5) + " UNION ALL " + row(4, 5)));
                    assertThat(lake.names()).containsExactly(SPX);
                    assertThat(all(lake, SPX)).isEqualTo(bars(5, 3, 4));
                    assertThat(merge(lake, SPX, bars(6, 4, 5))).isEqualTo(3);
                    assertThat(closes(lake)).isEqualTo(Map.of(3L, 5.0, 4L, 5.0, 5L, 6.0));
                    assertThat(files(folder.resolve(SPX_FOLDER))).containsExactly("bars.parquet");
                });
    }

    /// A layout of ours before this one: all minutes in one file.
    @Test
    void fileWithManyMonthsBecomesOneFileAMonth() throws Exception {
        SeriesName hours = SeriesName.of("A", "1h");
        withLake(
                (lake, folder) -> {
                    Path series = folder.resolve("timeframe=1h/symbol=A");
                    byHand(
                            series.resolve("bars.parquet"),
                            "SELECT * EXCLUDE (volume) FROM (%s UNION ALL %s)"
                                    .formatted(row(3, 5), row(40, 5)));
                    byHand(series.resolve("1970-02.parquet"), row(80, 6));
                    assertThat(all(lake, hours).count()).isEqualTo(3);
                    List<Integer> counts = new ArrayList<>();
                    lake.parts(hours).forEach(part -> counts.add(part.count()));
                    assertThat(counts).containsExactly(1, 1, 1);
                    assertThat(merge(lake, hours, Lakes.bars(hours, 7, 1))).isEqualTo(4);
                    assertThat(files(series))
                            .containsExactly(
                                    "1970-01.parquet", "1970-02.parquet", "1970-03.parquet");
                    assertThat(all(lake, hours).volume())
                            .isEqualTo(Series.of(7, Double.NaN, Double.NaN, 7));
                });
    }

    /// So it is after a crash between the rename and the removal of what was merged.
    @Test
    void barThatLiesInTwoFilesIsReadOnceAndOursWins() throws Exception {
        withLake(
                (lake, folder) -> {
                    merge(lake, SPX, bars(1, 10, 11));
                    for (String name : List.of("aaa.parquet", "mine.parquet")) {
                        byHand(
                                folder.resolve(SPX_FOLDER).resolve(name),
                                row(11, 9) + " UNION ALL " + row(12, 9));
                    }
                    assertThat(closes(lake)).isEqualTo(Map.of(10L, 1.0, 11L, 1.0, 12L, 9.0));
                    assertThat(merge(lake, SPX, bars(2, 13))).isEqualTo(4);
                    assertThat(closes(lake))
                            .isEqualTo(Map.of(10L, 1.0, 11L, 1.0, 12L, 9.0, 13L, 2.0));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * REPLACE (0.0 AS low) FROM (%s)",
                "SELECT * REPLACE (NULL::DOUBLE AS close) FROM (%s)",
                "SELECT * EXCLUDE (high) FROM (%s)",
                "SELECT * REPLACE ('yesterday' AS time) FROM (%s)"
            })
    void fileThatHoldsNoBarsIsUnavailableAndNamed(String form) throws Exception {
        withLake(
                (lake, folder) -> {
                    Path file = folder.resolve(SPX_FOLDER).resolve("mine.parquet");
                    byHand(file, form.formatted(row(3, 5)));
                    assertThatThrownBy(() -> all(lake, SPX))
                            .isInstanceOf(StoreException.class)
                            .hasMessageStartingWith("cannot read SPX 1d: ")
                            .extracting(e -> ((StoreException) e).kind())
                            .isEqualTo(StoreException.Kind.UNAVAILABLE);
                });
    }

    @Test
    void damagedFileIsUnavailableAndAMergeLeavesItAlone() throws Exception {
        withLake(
                (lake, folder) -> {
                    Path series = Files.createDirectories(folder.resolve(SPX_FOLDER));
                    Files.writeString(series.resolve("bars.parquet"), "no parquet at all");
                    assertThatThrownBy(() -> all(lake, SPX)).isInstanceOf(StoreException.class);
                    assertThatThrownBy(() -> merge(lake, SPX, bars(1, 1)))
                            .isInstanceOf(StoreException.class)
                            .hasMessageStartingWith("cannot store SPX 1d, it is as before: ");
                    assertThat(series.resolve("bars.parquet")).hasContent("no parquet at all");
                    assertThat(files(series)).containsExactly("bars.parquet");
                });
    }
}
