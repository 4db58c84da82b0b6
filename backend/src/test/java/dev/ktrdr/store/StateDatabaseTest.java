package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {

    private static final SeriesName SPX = SeriesName.of("SPX", "1d");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("ktrdr.db");
    }

    private static void add(StateDatabase database, String symbol) {
        database.recordImport(anImport(symbol, UUID.randomUUID().toString()));
    }

    private static Import anImport(String symbol, String id) {
        return new Import(
                id,
                SeriesName.of(symbol, "1d"),
                new Provenance("a.csv", "ab12", "{\"format\":\"csv\"}", 2, Timeframe.micros(NOON)),
                Merge.KEEP,
                new Staged(10, 1, 3, 4, 6, 100, 200),
                new Outcome(4, 1, 1),
                "stored");
    }

    /// {@return the first column of the answer to `query`}
    private static List<String> ask(Path file, String query) throws SQLException {
        List<String> answer = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
        }
        return answer;
    }

    @Test
    void importIsKeptAcrossAStart() throws SQLException {
        Import first = anImport("SPX", "a");
        Import second = anImport("SPX", "b");
        StateDatabase.open(file()).recordImport(first);
        StateDatabase.open(file()).recordImport(second);
        add(StateDatabase.open(file()), "BTC/USDT");
        assertThat(StateDatabase.open(file()).imports(SPX)).containsExactly(second, first);
    }

    @Test
    void importIsRememberedOnce() {
        StateDatabase database = StateDatabase.open(file());
        database.recordImport(anImport("SPX", "a"));
        database.recordImport(anImport("SPX", "a"));
        assertThat(database.imports(SPX)).hasSize(1);
    }

    @Test
    void importsOfTheFirstLayoutAreKept() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            Flyway.configure()
                    .dataSource("jdbc:sqlite:" + file(), "", "")
                    .target("1")
                    .load()
                    .migrate();
            connection
                    .createStatement()
                    .execute(
                            "INSERT INTO import VALUES (7, 'SPX', '1d', 'ab12', 10, 2, '"
                                    + NOON
                                    + "')");
        }
        Import found = StateDatabase.open(file()).imports(SPX).getFirst();
        assertThat(found.id()).isEqualTo("before-7");
        assertThat(found.provenance())
                .isEqualTo(new Provenance("", "ab12", "{}", 2, Timeframe.micros(NOON)));
        assertThat(found.staged().rowCount()).isEqualTo(8);
    }

    @Test
    void lastQualityReportOfASeriesIsKept() {
        StateDatabase database = StateDatabase.open(file());
        assertThat(database.quality(SPX)).isEmpty();
        database.saveQuality(SPX, new StateDatabase.Quality(new Fingerprint("a"), "{}", 1));
        var last = new StateDatabase.Quality(new Fingerprint("b"), "{\"bars\":3}", 2);
        database.saveQuality(SPX, last);
        assertThat(database.quality(SPX)).contains(last);
    }

    @Test
    void writeAheadLogIsUsed() throws SQLException {
        StateDatabase.open(file());
        assertThat(ask(file(), "PRAGMA journal_mode")).containsExactly("wal");
    }

    @Test
    void openDatabaseAnswers() {
        StateDatabase.open(file()).ping();
    }

    @Test
    void databaseWithoutItsTableDoesNotAnswer() throws SQLException {
        StateDatabase database = StateDatabase.open(file());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE import");
        }
        assertThatThrownBy(database::ping)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the database does not answer: ")
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(StoreException.Kind.UNAVAILABLE);
    }

    @Test
    void damagedFileIsUnavailableAndNamed() throws Exception {
        Files.writeString(file(), "this is no database, whatever its name says. ".repeat(100));
        assertThatThrownBy(() -> StateDatabase.open(file()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot open " + file());
    }

    @Test
    void folderThatIsMissingIsUnavailable() {
        assertThatThrownBy(() -> StateDatabase.open(folder.resolve("none/ktrdr.db")))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void copyIsWholeAndIndependent() throws SQLException {
        StateDatabase database = StateDatabase.open(file());
        add(database, "A");
        Path copy = folder.resolve("it's a copy.db");
        database.copyTo(copy);
        add(database, "B");
        assertThat(ask(copy, "SELECT symbol FROM import")).containsExactly("A");
        assertThat(ask(file(), "SELECT symbol FROM import")).containsExactly("A", "B");
        assertThat(ask(copy, "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void copyNeverReplacesAFile() throws Exception {
        StateDatabase database = StateDatabase.open(file());
        Path there = Files.writeString(folder.resolve("there"), "something else");
        assertThatThrownBy(() -> database.copyTo(there)).isInstanceOf(SQLException.class);
        assertThat(there).hasContent("something else");
    }

    @Test
    void threadsWriteWithoutLosingARow() throws Exception {
        StateDatabase database = StateDatabase.open(file());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 25; i++) {
                                            add(database, "S");
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ask(file(), "SELECT count(*) FROM import")).containsExactly("100");
    }
}
