package dev.ktrdr.store;

import dev.ktrdr.market.Bars;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/// DuckDB in memory, used only to read and write Parquet; loaded with the first connection.
final class Engine implements AutoCloseable {

    private static final String[] RULES = {
        // Nothing is fetched at run time. What does not fit into this memory goes to the disk.
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET TimeZone = 'UTC'",
        "SET memory_limit = '192MB'",
        // Whoever asks does the work himself; more threads would mostly wait for each other.
        "SET threads = 1"
    };

    private final Path spill;
    private final BarsTable table = new BarsTable();
    private @Nullable Connection database;

    /// An engine that sorts what is larger than its memory in the folder `spill`.
    Engine(Path spill) {
        this.spill = spill;
    }

    /// {@return a connection of the caller's own}
    synchronized Connection connect() throws SQLException {
        if (database == null) {
            database = open();
        }
        return database.unwrap(DuckDBConnection.class).duplicate();
    }

    /// Runs `query`, in which `%s` stands for a table of `bars`.
    void execute(Connection connection, String query, Bars bars) throws SQLException {
        try (BarsTable.Lent lent = table.lend(bars);
                Statement statement = connection.createStatement()) {
            statement.execute(query.formatted(lent.expression()));
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        // Else a result is made as a whole before its first row can be had.
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        // Asked directly: what DriverManager knows depends on the thread that asked it first.
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            for (String rule : RULES) {
                statement.execute(rule);
            }
            statement.execute("SET temp_directory = " + quoted(spill));
            table.register(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            try {
                database.close();
            } catch (SQLException e) {
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE, "cannot close the engine", e);
            } finally {
                database = null;
            }
        }
    }
}
