package dev.ktrdr.store;

import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// State beside the market data, in one SQLite file: where each import came from, and
/// the last quality report of each series.
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

    /// {@return the way in for packages above that keep tables of their own}
    public Jdbi jdbi() {
        return jdbi;
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

    /// Remembers an import; does nothing if it is remembered already.
    public void recordImport(Import one) {
        Provenance provenance = one.provenance();
        Staged staged = one.staged();
        Outcome outcome = one.outcome();
        write(
                """
                INSERT OR IGNORE INTO import
                  (id, symbol, timeframe, source, sha256, detected, mode, row_count, bar_count,
                   added_count, same_count, differing_count, duplicate_count, unread_count,
                   refused_count, out_of_order_count, first, last, at, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                one.id(),
                one.series().symbol(),
                one.series().timeframe().id(),
                provenance.source(),
                provenance.sha256(),
                provenance.detected(),
                one.mode().name(),
                staged.rowCount(),
                staged.barCount(),
                outcome.added(),
                outcome.same(),
                outcome.differing(),
                staged.duplicateCount(),
                provenance.refusedCount(),
                staged.refusedCount(),
                staged.outOfOrderCount(),
                staged.first(),
                staged.last(),
                Timeframe.instant(provenance.at()).toString(),
                one.state());
    }

    /// {@return the imports into `name`, the newest first}
    public List<Import> imports(SeriesName name) {
        return read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM import WHERE symbol = ? AND timeframe = ?
                                        ORDER BY at DESC, rowid DESC
                                        """)
                                .bind(0, name.symbol())
                                .bind(1, name.timeframe().id())
                                .map((row, _) -> readImport(row))
                                .list());
    }

    private static Import readImport(ResultSet row) throws SQLException {
        return new Import(
                row.getString("id"),
                SeriesName.of(row.getString("symbol"), row.getString("timeframe")),
                new Provenance(
                        row.getString("source"),
                        row.getString("sha256"),
                        row.getString("detected"),
                        row.getLong("unread_count"),
                        Timeframe.micros(Instant.parse(row.getString("at")))),
                Merge.valueOf(row.getString("mode")),
                new Staged(
                        row.getLong("row_count"),
                        row.getLong("refused_count"),
                        row.getLong("duplicate_count"),
                        row.getLong("out_of_order_count"),
                        row.getLong("bar_count"),
                        row.getLong("first"),
                        row.getLong("last")),
                new Outcome(
                        row.getLong("added_count"),
                        row.getLong("same_count"),
                        row.getLong("differing_count")),
                row.getString("state"));
    }

    /// {@return the quality report that was kept last for `name`, empty if there is none}
    public Optional<Quality> quality(SeriesName name) {
        return read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT fingerprint, report, at FROM quality
                                        WHERE symbol = ? AND timeframe = ?
                                        """)
                                .bind(0, name.symbol())
                                .bind(1, name.timeframe().id())
                                .map(
                                        (row, _) ->
                                                new Quality(
                                                        new Fingerprint(row.getString(1)),
                                                        row.getString(2),
                                                        Timeframe.micros(
                                                                Instant.parse(row.getString(3)))))
                                .findOne());
    }

    /// A quality report as it is kept.
    ///
    /// @param fingerprint of the files that it speaks of
    /// @param report as JSON
    /// @param at when it was made, microseconds since the epoch, UTC
    public record Quality(Fingerprint fingerprint, String report, long at) {}

    /// Keeps the quality report of `name` in place of an earlier one.
    public void saveQuality(SeriesName name, Quality quality) {
        write(
                "INSERT OR REPLACE INTO quality (symbol, timeframe, fingerprint, report, at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                name.symbol(),
                name.timeframe().id(),
                quality.fingerprint().value(),
                quality.report(),
                Timeframe.instant(quality.at()).toString());
    }

    /// Marks what is remembered about `name` as past, because the series was deleted.
    void forget(SeriesName name) {
        String series = " WHERE symbol = ? AND timeframe = ?";
        String timeframe = name.timeframe().id();
        write("DELETE FROM quality" + series, name.symbol(), timeframe);
        write(
                "UPDATE import SET state = '" + Import.DELETED + "'" + series,
                name.symbol(),
                timeframe);
    }

    private <T> T read(HandleCallback<T, RuntimeException> question) {
        try {
            return jdbi.withHandle(question);
        } catch (JdbiException e) {
            throw new StoreException(Kind.UNAVAILABLE, "the database does not answer: " + e, e);
        }
    }

    private void write(String statement, Object... values) {
        try {
            jdbi.useHandle(handle -> handle.execute(statement, values));
        } catch (JdbiException e) {
            throw new StoreException(Kind.UNAVAILABLE, "the database cannot be written: " + e, e);
        }
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
