package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.SPX_FOLDER;
import static dev.ktrdr.store.Lakes.all;
import static dev.ktrdr.store.Lakes.bars;
import static dev.ktrdr.store.Lakes.closes;
import static dev.ktrdr.store.Lakes.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
                "SELECT 'x' AS note, volume, * EXCLUDE (volume) FROM (%s)"
            })
    void fileThatSomebodyPutThereIsPickedUpAndMergedInto(String form) throws Exception {
        withLake(
                (lake, folder) -> {
                    Path file = folder.resolve(SPX_FOLDER).resolve("mine.parquet");
                    byHand(file, form.formatted(row(3, 5) + " UNION ALL " + row(4, 5)));
                    assertThat(lake.names()).containsExactly(SPX);
                    assertThat(all(lake, SPX)).isEqualTo(bars(5, 3, 4));
                    assertThat(lake.merge(SPX, bars(6, 4, 5))).isEqualTo(3);
                    assertThat(closes(lake)).isEqualTo(Map.of(3L, 5.0, 4L, 5.0, 5L, 6.0));
                    assertThat(files(folder.resolve(SPX_FOLDER))).containsExactly("bars.parquet");
                });
    }

    /// So it is after a crash between the rename and the removal of what was merged.
    @Test
    void barThatLiesInTwoFilesIsReadOnceAndOursWins() throws Exception {
        withLake(
                (lake, folder) -> {
                    lake.merge(SPX, bars(1, 10, 11));
                    for (String name : List.of("aaa.parquet", "mine.parquet")) {
                        byHand(
                                folder.resolve(SPX_FOLDER).resolve(name),
                                row(11, 9) + " UNION ALL " + row(12, 9));
                    }
                    assertThat(closes(lake)).isEqualTo(Map.of(10L, 1.0, 11L, 1.0, 12L, 9.0));
                    assertThat(lake.merge(SPX, bars(2, 13))).isEqualTo(4);
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
                    assertThatThrownBy(() -> lake.merge(SPX, bars(1, 1)))
                            .isInstanceOf(StoreException.class)
                            .hasMessageStartingWith("cannot store SPX 1d, it is as before: ");
                    assertThat(series.resolve("bars.parquet")).hasContent("no parquet at all");
                    assertThat(files(series)).containsExactly("bars.parquet");
                });
    }
}
