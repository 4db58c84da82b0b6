package dev.ktrdr.store;

import dev.ktrdr.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// State beside the market data, in one SQLite file: where each import came from.
///
/// The write-ahead log with full syncs means that what was acknowledged survives a power cut.
public final class StateDatabase {

    private final Jdbi jdbi;

    private StateDatabase(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// {@return the database at `file`, made or brought up to date}
    ///
    /// @throws StoreException of kind UNAVAILABLE if it cannot be opened
    public static StateDatabase open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        try {
            Flyway.configure().dataSource(source).load().migrate();
        } catch (FlywayException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot open " + file + ": " + e, e);
        }
        return new StateDatabase(Jdbi.create(source));
    }

    /// Checks that the database answers.
    ///
    /// @throws StoreException of kind UNAVAILABLE if it does not
    public void ping() {
        try {
            jdbi.useHandle(handle -> handle.execute("SELECT count(*) FROM import"));
        } catch (JdbiException e) {
            throw new StoreException(Kind.UNAVAILABLE, "the database does not answer: " + e, e);
        }
    }

    /// Keeps where an import came from.
    ///
    /// @param name the series
    /// @param sha256 of the bytes that were sent, in hexadecimal
    /// @param rowCount rows that were sent
    /// @param refusedCount rows that were not taken
    /// @param at when
    public void recordImport(
            SeriesName name, String sha256, int rowCount, int refusedCount, Instant at) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                """
                                INSERT INTO import
                                  (symbol, timeframe, sha256, row_count, refused_count, at)
                                VALUES (?, ?, ?, ?, ?, ?)
                                """,
                                name.symbol(),
                                name.timeframe().id(),
                                sha256,
                                rowCount,
                                refusedCount,
                                at.toString()));
    }

    /// Writes a consistent copy to `target`, which must not exist; writers are not stopped.
    ///
    /// @throws SQLException if it cannot be written
    public void copyTo(Path target) throws SQLException {
        try {
            jdbi.useHandle(handle -> handle.execute("VACUUM INTO ?", target.toString()));
        } catch (JdbiException e) {
            throw new SQLException("cannot copy the database to " + target, e);
        }
    }
}
