package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("ktrdr.db");
    }

    private static void add(StateDatabase database, String symbol) {
        database.recordImport(SeriesName.of(symbol, "1d"), "ab12", 10, 2, NOON);
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
        add(StateDatabase.open(file()), "SPX");
        add(StateDatabase.open(file()), "BTC/USDT");
        String row = "symbol||' '||timeframe||' '||sha256||' '||row_count||' '||refused_count";
        assertThat(ask(file(), "SELECT " + row + "||' '||at FROM import ORDER BY id"))
                .containsExactly(
                        "SPX 1d ab12 10 2 2026-01-02T12:00:00Z",
                        "BTC/USDT 1d ab12 10 2 2026-01-02T12:00:00Z");
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
