package dev.ktrdr.store;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Bars in Parquet files, written by us or by others.
///
///     time TIMESTAMPTZ, open, high, low, close DOUBLE, volume DOUBLE or null
///     synthetic BOOLEAN, only where such bars are in the file
///
/// Others may call the time `timestamp`, `datetime` or `date`, keep it as any timestamp (one
/// without zone is UTC) or as a date, and leave the volume out.
final class ParquetFiles {

    /// Our files say so in their metadata; a file with one of our names may be somebody else's.
    private static final String OURS = "ktrdr";

    private static final String TIME = "make_timestamptz(micros) AS time";
    private static final List<String> PRICES = List.of("open", "high", "low", "close");
    private static final List<String> TIMES = List.of("time", "timestamp", "datetime", "date");

    private final Engine engine;

    ParquetFiles(Engine engine) {
        this.engine = engine;
    }

    /// Writes `bars` to `file`, which is on the disk after that.
    void write(Bars bars, Path file) throws SQLException, IOException {
        String synthetic = bars.syntheticCount() > 0 ? ", synthetic" : "";
        String query =
                "COPY (SELECT "
                        + TIME
                        + ", open, high, low, close, volume"
                        + synthetic
                        + " FROM %s) TO "
                        + Engine.quoted(file).replace("%", "%%")
                        + (" (FORMAT parquet, COMPRESSION zstd, KV_METADATA {" + OURS + ": '1'})");
        try (Connection connection = engine.connect()) {
            engine.execute(connection, query, bars);
        }
        DurableFile.sync(file);
    }

    /// {@return those of `files` that we have written}
    Set<Path> ours(List<Path> files) throws SQLException {
        Set<Path> ours = new HashSet<>();
        if (!files.isEmpty()) {
            String query =
                    "SELECT file_name FROM parquet_kv_metadata(%s) WHERE decode(key) = '%s'"
                            .formatted(list(files), OURS);
            try (Connection connection = engine.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    ours.add(Path.of(rows.getString(1)));
                }
            }
        }
        return ours;
    }

    /// {@return how many rows `files` have}
    long rowCount(List<Path> files) throws SQLException {
        if (files.isEmpty()) {
            return 0;
        }
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata("
                                        + list(files)
                                        + ")")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// {@return the bars in `files` that open at or after `from` and before `to`}
    ///
    /// @param buffer empty, for what is read
    /// @param files where two have a bar at the same time, the one that stands first wins
    /// @param rising whether the rows of all files, one after the other, are in order
    /// @throws IllegalArgumentException if they hold rows that are no bars
    Bars read(BarBuffer buffer, List<Path> files, boolean rising, long from, long to)
            throws SQLException {
        if (files.isEmpty() || from >= to) {
            return buffer.bars();
        }
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            Columns columns = columns(statement, files);
            String query = "SELECT * FROM (" + range(columns, files, rising, from, to) + ")";
            try (ResultSet rows = statement.executeQuery(query)) {
                return bars(buffer, rows);
            }
        }
    }

    /// Writes the same bars as [#read] gives into one file, `target`, as others expect them.
    void copy(List<Path> files, boolean rising, long from, long to, Path target)
            throws SQLException {
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            Columns columns = columns(statement, files);
            statement.execute(
                    "COPY (SELECT "
                            + TIME
                            + ", open, high, low, close, if(isnan(volume), NULL, volume) AS volume"
                            + (columns.hasSynthetic() ? ", synthetic" : "")
                            + (" FROM (" + range(columns, files, rising, from, to) + ")) TO ")
                            + Engine.quoted(target)
                            + " (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    /// Hands over the rows of `file`, in its order.
    ///
    /// @param sink gets rows that need not be bars; a number that is missing is `NaN`, a time -1
    void rows(Path file, ParquetSink sink) throws SQLException {
        List<Path> files = List.of(file);
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(columns(statement, files).query(files))) {
            for (long line = 1; rows.next(); line++) {
                sink.row(
                        line,
                        rows.getLong(1),
                        rows.getDouble(2),
                        rows.getDouble(3),
                        rows.getDouble(4),
                        rows.getDouble(5),
                        rows.getDouble(6));
            }
        }
    }

    private static String range(
            Columns columns, List<Path> files, boolean rising, long from, long to) {
        String range =
                "FROM (%s) WHERE micros >= %d AND micros < %d"
                        .formatted(columns.query(files), from, to);
        return rising
                ? "SELECT * EXCLUDE (filename) " + range
                : "SELECT DISTINCT ON (micros) * EXCLUDE (filename) %s ORDER BY micros, %s"
                        .formatted(range, place(files));
    }

    private static String place(List<Path> files) {
        return "list_position(" + list(files, Engine::quoted) + ", filename)";
    }

    /// {@return the partitions that the bars in `files` lie in}
    Set<Partition> partitions(BarRules rules, List<Path> files) throws SQLException {
        Set<Partition> partitions = new TreeSet<>();
        if (files.isEmpty()) {
            return partitions;
        }
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            String rows = columns(statement, files).query(files);
            String month = "date_trunc('month', make_timestamp(micros))";
            try (ResultSet months =
                    statement.executeQuery(
                            "SELECT min(micros) FROM (" + rows + ") GROUP BY " + month)) {
                while (months.next()) {
                    partitions.add(Partition.of(rules.timeframe(), months.getLong(1)));
                }
            }
        }
        return partitions;
    }

    /// What the columns of some files are called and are.
    private record Columns(Map<String, String> types) {

        boolean hasSynthetic() {
            return types.containsKey("synthetic");
        }

        /// {@return a query for all rows, whatever the names and types of the columns are}
        String query(List<Path> files) {
            String volume = types.containsKey("volume") ? "volume" : "NULL";
            return """
                    SELECT coalesce(%s, -1) AS micros, %s, coalesce(%s::DOUBLE, 'NaN') AS volume,
                           %s AS synthetic, filename
                    FROM %s
                    """
                    .formatted(
                            String.join(", ", times()),
                            String.join(", ", PRICES.stream().map(Columns::number).toList()),
                            volume,
                            hasSynthetic() ? "coalesce(synthetic, false)" : "false",
                            source(files, ", filename = true"));
        }

        private static String number(String column) {
            return "coalesce(%1$s::DOUBLE, 'NaN') AS %1$s".formatted(column);
        }

        List<String> times() {
            return TIMES.stream()
                    .filter(name -> isTime(types.getOrDefault(name, "")))
                    .map(name -> "epoch_us(\"" + name + "\")")
                    .toList();
        }

        private static boolean isTime(String type) {
            return type.startsWith("TIMESTAMP") || type.equals("DATE");
        }
    }

    private static Columns columns(Statement statement, List<Path> files) throws SQLException {
        Map<String, String> types = new TreeMap<>();
        try (ResultSet columns = statement.executeQuery("DESCRIBE FROM " + source(files, ""))) {
            while (columns.next()) {
                types.put(columns.getString(1).toLowerCase(Locale.ROOT), columns.getString(2));
            }
        }
        Columns found = new Columns(types);
        if (found.times().isEmpty()) {
            throw new SQLException("no column time, timestamp, datetime or date holds times");
        }
        return found;
    }

    private static String source(List<Path> files, String options) {
        return "read_parquet(%s, union_by_name = true%s)".formatted(list(files), options);
    }

    private static Bars bars(BarBuffer bars, ResultSet rows) throws SQLException {
        while (rows.next()) {
            bars.add(
                    rows.getLong(1),
                    rows.getDouble(2),
                    rows.getDouble(3),
                    rows.getDouble(4),
                    rows.getDouble(5),
                    rows.getDouble(6));
            if (rows.getBoolean(7)) {
                bars.markSynthetic();
            }
        }
        return bars.bars();
    }

    private static String list(List<Path> files) {
        return list(files, ParquetFiles::pattern);
    }

    private static String list(List<Path> files, Function<Path, String> form) {
        return files.stream().map(form).collect(Collectors.joining(", ", "[", "]"));
    }

    /// {@return the path as DuckDB reads it, where some characters stand for others}
    private static String pattern(Path path) {
        return Engine.quoted(Path.of(path.toString().replaceAll("([\\[*?])", "[$1]")));
    }
}
