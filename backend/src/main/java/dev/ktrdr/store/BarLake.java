package dev.ktrdr.store;

import dev.ktrdr.market.Bars;
import dev.ktrdr.series.Series;
import dev.ktrdr.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Market data as Parquet files, one folder a series, readable by pandas, Polars, Spark or DuckDB:
///
///     bars/timeframe=1d/symbol=SPX/bars.parquet
///     time (UTC, open of the bar, microseconds), open, high, low, close, volume (may be null)
///
/// Files put there by hand are picked up. DuckDB is loaded with the first question, since a
/// service that only answers health probes does not need its 60 MB. Threads may share a lake.
public final class BarLake implements AutoCloseable {

    private static final String FILE = "bars.parquet";

    private final DataFolder folder;
    private final Engine engine;

    /// The lake in `folder`.
    public BarLake(DataFolder folder) {
        this.folder = folder;
        this.engine = new Engine(folder.spill());
    }

    /// {@return the series there are, by symbol and then by timeframe}
    public List<SeriesName> names() {
        Path bars = folder.bars();
        try (Stream<Path> folders = Files.walk(bars, 2)) {
            return folders.filter(path -> !path.equals(bars))
                    .map(path -> SeriesName.ofFolder(bars.relativize(path)))
                    .flatMap(Optional::stream)
                    .filter(name -> !files(name).isEmpty())
                    .sorted(
                            Comparator.comparing(SeriesName::symbol)
                                    .thenComparing(SeriesName::timeframe))
                    .toList();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot list " + bars, e);
        }
    }

    /// {@return the bars of `name` whose open lies from `from` up to, and not including, `to`}
    ///
    /// @param name the series
    /// @param from microseconds since the epoch, UTC
    /// @param to microseconds since the epoch, UTC
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Bars read(SeriesName name, long from, long to) {
        List<Path> files = files(name);
        if (files.isEmpty()) {
            throw new StoreException(Kind.NOT_FOUND, "no data for " + name);
        }
        String query =
                """
                SELECT epoch_us(time), open, high, low, close, volume FROM (%s)
                WHERE epoch_us(time) >= ? AND epoch_us(time) < ? ORDER BY time
                """
                        .formatted(stored(files));
        try (Connection connection = engine.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            try (ResultSet rows = statement.executeQuery()) {
                return columns(rows);
            }
        } catch (SQLException | IllegalArgumentException e) {
            // The second: a file that somebody put there holds rows that are no bars.
            throw new StoreException(Kind.UNAVAILABLE, "cannot read " + name + ": " + e, e);
        }
    }

    /// {@return a query for the bars in `files`, whatever the type of their times is}
    ///
    /// Two files may have the same bar: after a crash between the rename and the removal of what
    /// was merged, or because somebody put both there. Ours wins, then the first by name.
    private static String stored(List<Path> files) {
        String list = files.stream().map(BarLake::pattern).collect(Collectors.joining(", "));
        String bars = " make_timestamptz(epoch_us(time)) AS time, open, high, low, close, volume";
        if (files.size() == 1) {
            return "SELECT" + bars + " FROM read_parquet([" + list + "])";
        }
        return "SELECT DISTINCT ON (epoch_us(time))"
                + bars
                + (" FROM read_parquet([" + list + "], filename = true)")
                + (" ORDER BY epoch_us(time), NOT ends_with(filename, '/" + FILE + "'), filename");
    }

    /// Adds `bars` to `name`. Where the series has a bar at the same time, that one stays.
    ///
    /// @return how many bars the series has now
    public int merge(SeriesName name, Bars bars) {
        Lock writing = folder.writers().readLock();
        writing.lock();
        try {
            // One writer a lake is enough for now and simpler than one a series.
            synchronized (engine) {
                return write(name, bars);
            }
        } finally {
            writing.unlock();
        }
    }

    private int write(SeriesName name, Bars added) {
        Path target = folder.bars().resolve(name.folder());
        Path part = target.resolve(FILE + DurableFile.PART);
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            Files.createDirectories(target);
            statement.execute(
                    "CREATE TEMP TABLE added (micros BIGINT, open DOUBLE, high DOUBLE, low DOUBLE,"
                            + " close DOUBLE, volume DOUBLE)");
            append(connection, added);
            List<Path> before = files(name);
            String rows = "SELECT make_timestamptz(micros) AS time, * EXCLUDE (micros) FROM added";
            if (!before.isEmpty()) {
                rows =
                        """
                        WITH stored AS (%s)
                        FROM stored UNION ALL
                        FROM (%s) WHERE time NOT IN (SELECT time FROM stored)
                        """
                                .formatted(stored(before), rows);
            }
            statement.execute(
                    "COPY (FROM (%s) ORDER BY time) TO %s (FORMAT parquet, COMPRESSION zstd)"
                            .formatted(rows, quoted(part)));
            DurableFile.publish(part, target.resolve(FILE));
            for (Path old : before) {
                if (!old.endsWith(FILE)) {
                    Files.delete(old); // its bars are in the new file now
                }
            }
            return count(statement, pattern(target.resolve(FILE)));
        } catch (SQLException | IOException e) {
            throw unavailable(name, e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                // It is removed at the next start.
            }
        }
    }

    private static StoreException unavailable(SeriesName name, Exception e) {
        String full = "No space left on device";
        String reason = String.valueOf(e.getMessage()).contains(full) ? full : e.toString();
        return new StoreException(
                Kind.UNAVAILABLE, "cannot store " + name + ", it is as before: " + reason, e);
    }

    private static void append(Connection connection, Bars bars) throws SQLException {
        try (DuckDBAppender rows =
                connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", "added")) {
            for (int i = 0; i < bars.count(); i++) {
                rows.beginRow();
                rows.append(bars.time(i));
                rows.append(bars.open().at(i));
                rows.append(bars.high().at(i));
                rows.append(bars.low().at(i));
                rows.append(bars.close().at(i));
                double volume = bars.volume().at(i);
                if (Double.isNaN(volume)) {
                    rows.appendNull();
                } else {
                    rows.append(volume);
                }
                rows.endRow();
            }
        }
    }

    private static int count(Statement statement, String path) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT count(*) FROM read_parquet(" + path + ")")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Bars columns(ResultSet rows) throws SQLException {
        long[] times = new long[1024];
        double[][] columns = new double[5][1024];
        int count = 0;
        while (rows.next()) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = Arrays.copyOf(columns[i], 2 * count);
                }
            }
            times[count] = rows.getLong(1);
            for (int i = 0; i < columns.length; i++) {
                double value = rows.getDouble(i + 2);
                columns[i][count] = rows.wasNull() ? Double.NaN : value;
            }
            count++;
        }
        Series[] series = new Series[columns.length];
        for (int i = 0; i < columns.length; i++) {
            series[i] = Series.of(Arrays.copyOf(columns[i], count));
        }
        long[] cut = Arrays.copyOf(times, count);
        return Bars.of(cut, series[0], series[1], series[2], series[3], series[4]);
    }

    private List<Path> files(SeriesName name) {
        Path path = folder.bars().resolve(name.folder());
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot list " + path, e);
        }
    }

    /// {@return the path as DuckDB reads it, where some characters stand for others}
    private static String pattern(Path path) {
        return quoted(Path.of(path.toString().replaceAll("([\\[*?])", "[$1]")));
    }

    static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        engine.close();
    }
}
