package dev.ktrdr.store;

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
        "SET threads = 2"
    };

    private final Path spill;
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

    private Connection open() throws SQLException {
        // Asked directly: what DriverManager knows depends on the thread that asked it first.
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        try (Statement statement = connection.createStatement()) {
            for (String rule : RULES) {
                statement.execute(rule);
            }
            statement.execute("SET temp_directory = " + BarLake.quoted(spill));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
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
