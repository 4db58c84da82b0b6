package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.ALWAYS;
import static dev.ktrdr.store.Lakes.DAY;
import static dev.ktrdr.store.Lakes.SPX;
import static dev.ktrdr.store.Lakes.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parquet files that leave the lake and come into it.
class ExportTest {

    @TempDir private Path temporary = Path.of("");

    private void withLake(Lakes.Use use) throws Exception {
        Lakes.with(temporary.resolve("data"), use);
    }

    private static Bars mixed() {
        BarBuffer buffer = new BarBuffer(BarRules.of(SPX.timeframe()));
        buffer.add(DAY, 1.5, 2.25, 1, 2, Double.NaN);
        buffer.add(2 * DAY, 2, 2, 2, 2, 0);
        buffer.markSynthetic();
        buffer.add(3 * DAY, 2, 3, 2, 3, 1e18);
        return buffer.bars();
    }

    @Test
    void whatIsExportedAndImportedIsTheSame() throws Exception {
        Path file = temporary.resolve("it's out.parquet");
        withLake(
                (lake, _) -> {
                    lake.merge(SPX, mixed(), Merge.KEEP);
                    lake.copyTo(SPX, -ALWAYS, ALWAYS, file);
                    SeriesName copy = SeriesName.of("COPY", "1d");
                    try (Staging staging = lake.stage(copy, Staging.Refusals.IGNORED)) {
                        lake.readParquet(file, staging::add);
                        assertThat(staging.commit(Merge.KEEP).added()).isEqualTo(3);
                    }
                    assertThat(all(lake, copy).close()).isEqualTo(mixed().close());
                    assertThat(all(lake, copy).volume()).isEqualTo(mixed().volume());
                });
    }

    @Test
    void exportHasTheRangeTheTypesAndTheMarks() throws Exception {
        Path file = temporary.resolve("out.parquet");
        withLake(
                (lake, _) -> {
                    lake.merge(SPX, mixed(), Merge.KEEP);
                    lake.copyTo(SPX, 2 * DAY, 3 * DAY, file);
                });
        assertThat(rows("DESCRIBE FROM '" + file + "'"))
                .containsExactly(
                        "time TIMESTAMP WITH TIME ZONE",
                        "open DOUBLE",
                        "high DOUBLE",
                        "low DOUBLE",
                        "close DOUBLE",
                        "volume DOUBLE",
                        "synthetic BOOLEAN");
        assertThat(rows("SELECT epoch_us(time), synthetic FROM '" + file + "'"))
                .containsExactly(2 * DAY + " true");
    }

    @Test
    void seriesThatIsNotThereIsNotExported() throws Exception {
        withLake(
                (lake, _) ->
                        assertThatThrownBy(() -> lake.copyTo(SPX, 0, DAY, temporary.resolve("out")))
                                .isInstanceOf(StoreException.class)
                                .hasMessage("no data for SPX 1d"));
        assertThat(temporary.resolve("out")).doesNotExist();
    }

    /// The lake's own file is read by DuckDB in a process of its own.
    @Test
    void anotherProcessReadsTheSameNumbers() throws Exception {
        withLake((lake, _) -> lake.merge(SPX, mixed(), Merge.KEEP));
        Path file =
                temporary.resolve("data/bars").resolve(Lakes.SPX_FOLDER).resolve("bars.parquet");
        String query =
                "SELECT epoch_us(time), open, high, low, close, volume, synthetic FROM '%s'"
                        .formatted(file);
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Reader.class.getName(),
                                query)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines = process.inputReader().lines()) {
            assertThat(lines)
                    .containsExactly(
                            DAY + " 1.5 2.25 1.0 2.0 null false",
                            2 * DAY + " 2.0 2.0 2.0 2.0 0.0 true",
                            3 * DAY + " 2.0 3.0 2.0 3.0 1.0E18 false");
        }
    }

    /// Prints the rows of a query.
    static final class Reader {
        private Reader() {}

        public static void main(String... arguments) throws Exception {
            rows(arguments[0]).forEach(System.out::println);
        }
    }

    private static List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            int columns = query.startsWith("DESCRIBE") ? 2 : result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    @Test
    void rowsOfAForeignFileKeepTheirOrderAndTheirHoles() throws Exception {
        Path file = temporary.resolve("in.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT * FROM (VALUES
                      (DATE '1970-01-03', 3, 3.5, 2, 3), (DATE '1970-01-02', 1, 1, 1, NULL),
                      (NULL, 1, 1, 1, 1)) AS t("Date", "Open", "High", "Low", "Close"))
                    TO '%s' (FORMAT parquet)
                    """
                            .formatted(file));
        }
        List<String> rows = new ArrayList<>();
        withLake(
                (lake, _) ->
                        lake.readParquet(
                                file,
                                (line, time, open, high, low, close, volume) ->
                                        rows.add(
                                                line
                                                        + " "
                                                        + time / DAY
                                                        + " "
                                                        + high
                                                        + " "
                                                        + close
                                                        + " "
                                                        + volume)));
        assertThat(rows).containsExactly("1 2 3.5 3.0 NaN", "2 1 1.0 NaN NaN", "3 0 1.0 1.0 NaN");
    }

    @Test
    void fileThatIsNoParquetOrHasNoBarsIsInvalid() throws Exception {
        Path text = Files.writeString(temporary.resolve("a.parquet"), "time,open");
        withLake((lake, _) -> assertInvalid(lake, text, "a.parquet is no Parquet file of bars: "));
    }

    private static void assertInvalid(BarLake lake, Path file, String message) {
        assertThatThrownBy(
                        () ->
                                lake.readParquet(
                                        file, (line, time, open, high, low, close, volume) -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(StoreException.Kind.INVALID);
    }
}
