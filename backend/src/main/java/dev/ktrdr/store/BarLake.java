package dev.ktrdr.store;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.setting.Nearest;
import dev.ktrdr.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Market data as Parquet files, one folder a series, readable by pandas, Polars, Spark or DuckDB:
///
///     bars/timeframe=1d/symbol=SPX/bars.parquet
///     bars/timeframe=1m/symbol=BTC%2FUSDT/2020-04.parquet
///     time (UTC, open of the bar, microseconds), open, high, low, close, volume (may be null)
///
/// Files put there by hand are picked up. DuckDB is loaded with the first question, since a
/// service that only answers health probes does not need its 60 MB. Threads may share a lake.
public final class BarLake implements AutoCloseable {

    private static final int NEAREST_MAX = 5;

    private final DataFolder folder;
    private final StateDatabase database;
    private final Predicate<String> signed;
    private final Engine engine;
    private final ParquetFiles parquet;
    private final BarCache cache;
    private final Map<SeriesName, StoredSeries> series = new ConcurrentHashMap<>();

    /// The lake in `folder`. What a crash has cut off is finished or taken away first.
    ///
    /// @param folder whose bars these are
    /// @param database remembers where they came from
    /// @param signed whether the prices of a symbol may be 0 and below
    /// @param cacheBytes memory that bars may take to be at hand
    /// @throws StoreException of kind UNAVAILABLE if the imports that were cut off cannot be ended
    public BarLake(
            DataFolder folder, StateDatabase database, Predicate<String> signed, long cacheBytes) {
        this.folder = folder;
        this.database = database;
        this.signed = signed;
        this.engine = new Engine(folder.spill());
        this.parquet = new ParquetFiles(engine);
        this.cache = new BarCache(cacheBytes);
        Commit.recover(folder.stages(), folder.bars(), database);
    }

    /// {@return the series there are, by symbol and then by timeframe}
    public List<SeriesName> names() {
        Path bars = folder.bars();
        try (Stream<Path> folders = Files.walk(bars, 2)) {
            return folders.filter(path -> !path.equals(bars))
                    .map(path -> SeriesName.ofFolder(bars.relativize(path)))
                    .flatMap(Optional::stream)
                    .filter(name -> series(name).isThere())
                    .sorted(
                            Comparator.comparing(SeriesName::symbol)
                                    .thenComparing(SeriesName::timeframe))
                    .toList();
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot list " + bars, e);
        }
    }

    private StoredSeries series(SeriesName name) {
        return series.computeIfAbsent(
                name, _ -> new StoredSeries(name, rules(name), folder, parquet, database, cache));
    }

    /// {@return what every bar of `name` keeps}
    public BarRules rules(SeriesName name) {
        return new BarRules(name.timeframe(), signed.test(name.symbol()));
    }

    /// {@return the bars of `name` whose open lies from `from` up to, and not including, `to`}
    ///
    /// @param name the series
    /// @param from microseconds since the epoch, UTC
    /// @param to microseconds since the epoch, UTC
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Bars read(SeriesName name, long from, long to) {
        return series(name).read(from, to);
    }

    /// {@return the bars of `name` in parts, the oldest first; a month each if they are shorter
    /// than a day, else all of them}
    ///
    /// Each is read when it is asked for, and all may be asked for again.
    ///
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Iterable<Bars> parts(SeriesName name) {
        return parts(name, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }

    /// {@return the bars of `name` that open at or after `from` and before `to`, in parts as the
    /// other; in each the oldest comes first}
    ///
    /// @param from microseconds since the epoch, UTC
    /// @param to microseconds since the epoch, UTC
    /// @param newestFirst whether the newest part comes first
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Iterable<Bars> parts(SeriesName name, long from, long to, boolean newestFirst) {
        StoredSeries stored = series(name);
        List<Partition> touched =
                stored.partitions().stream()
                        .filter(partition -> partition.from() < to && partition.to() > from)
                        .toList();
        List<Partition> partitions = newestFirst ? touched.reversed() : touched;
        return () ->
                partitions.stream()
                        .map(
                                partition ->
                                        stored.read(
                                                Math.max(from, partition.from()),
                                                Math.min(to, partition.to())))
                        .iterator();
    }

    /// {@return what tells the present state of `name` from any other}
    public Fingerprint fingerprint(SeriesName name) {
        return series(name).fingerprint();
    }

    /// {@return the size of the files of `name`, in bytes}
    public long bytes(SeriesName name) {
        return series(name).bytes();
    }

    /// {@return how many bars `name` has, 0 if there is no such series}
    public long count(SeriesName name) {
        return series(name).count();
    }

    /// {@return when the last bar of `name` closes, microseconds since the epoch, UTC;
    /// `Long.MIN_VALUE` if there is no such series}
    public long end(SeriesName name) {
        StoredSeries stored = series(name);
        if (!stored.isThere()) {
            return Long.MIN_VALUE;
        }
        Partition last = stored.partitions().getLast();
        Bars bars = stored.read(last.from(), last.to());
        return bars.closeTime(bars.count() - 1);
    }

    /// {@return a new import into `name`, to be committed and closed}
    public Staging stage(SeriesName name, Staging.Refusals refusals) {
        String id = UUID.randomUUID().toString();
        return new Staging(series(name), id, folder.stages().resolve(id), refusals);
    }

    /// Adds `bars` to `name` as one import that nobody remembers.
    ///
    /// @return what has changed
    /// @throws StoreException of kind UNAVAILABLE if that fails; the series is as before
    public Outcome merge(SeriesName name, Bars bars, Merge mode) {
        try (Staging staging = stage(name, Staging.Refusals.IGNORED)) {
            staging.add(bars);
            return staging.commit(mode);
        }
    }

    /// Takes `name` away, all at once.
    ///
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public void delete(SeriesName name) {
        series(name).delete();
    }

    /// Writes the bars of `name` that open at or after `from` and before `to` into the Parquet file
    /// `target`, with the columns of the lake.
    ///
    /// @param from microseconds since the epoch, UTC
    /// @param to microseconds since the epoch, UTC
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public void copyTo(SeriesName name, long from, long to, Path target) {
        series(name).copyTo(from, to, target);
    }

    /// Hands over the rows of a Parquet file from anywhere, in its order. Its columns may have the
    /// names and types that files in the lake may have.
    ///
    /// @throws StoreException of kind INVALID if they have others, or the file is damaged
    public void readParquet(Path file, ParquetSink sink) {
        try {
            parquet.rows(file, sink);
        } catch (SQLException e) {
            throw new StoreException(
                    Kind.INVALID,
                    file.getFileName() + " is no Parquet file of bars: " + e.getMessage(),
                    e);
        }
    }

    /// {@return up to five series that `name` may have meant: of this symbol or one that is spelled
    /// much the same}
    public List<SeriesName> nearest(SeriesName name) {
        List<SeriesName> names = names();
        List<String> symbols =
                Nearest.several(
                        upper(name), names.stream().map(BarLake::upper).distinct().toList());
        return names.stream()
                .filter(known -> symbols.contains(upper(known)))
                .sorted(
                        Comparator.comparingInt((SeriesName known) -> symbols.indexOf(upper(known)))
                                .thenComparing(known -> known.timeframe() != name.timeframe()))
                .limit(NEAREST_MAX)
                .toList();
    }

    private static String upper(SeriesName name) {
        return name.symbol().toUpperCase(Locale.ROOT);
    }

    /// {@return how the memory for bars is used}
    public CacheUse cacheUse() {
        return cache.use();
    }

    @Override
    public void close() {
        engine.close();
    }
}
