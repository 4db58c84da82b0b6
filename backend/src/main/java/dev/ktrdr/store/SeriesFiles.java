package dev.ktrdr.store;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.store.BarFiles.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The folder of one series and what its files hold. Whoever asks sees to it that the files stay in
/// place meanwhile.
final class SeriesFiles {

    private static final int ROWS = 1024;

    private final Path folder;
    private final BarRules rules;
    private final ParquetFiles parquet;

    /// Files that are known to be ours, so that they are not asked for it again.
    private volatile Set<Stamp> ours = Set.of();

    SeriesFiles(Path folder, BarRules rules, ParquetFiles parquet) {
        this.folder = folder;
        this.rules = rules;
        this.parquet = parquet;
    }

    Path folder() {
        return folder;
    }

    boolean isEmpty() throws IOException {
        return BarFiles.stamps(folder).isEmpty();
    }

    Fingerprint fingerprint() throws IOException {
        return Fingerprint.of(BarFiles.stamps(folder));
    }

    long bytes() throws IOException {
        return BarFiles.stamps(folder).stream().mapToLong(Stamp::size).sum();
    }

    /// {@return the files as they lie there now}
    BarFiles now() throws IOException, SQLException {
        List<Stamp> stamps = BarFiles.stamps(folder);
        Set<Stamp> known = new HashSet<>(ours);
        known.retainAll(Set.copyOf(stamps));
        List<Path> unknown =
                stamps.stream().filter(stamp -> !known.contains(stamp)).map(Stamp::file).toList();
        Set<Path> found = parquet.ours(unknown);
        stamps.stream().filter(stamp -> found.contains(stamp.file())).forEach(known::add);
        ours = known;
        return BarFiles.of(rules.timeframe(), stamps, known::contains);
    }

    /// {@return the partitions of ours and those that the files of others reach into, in order}
    SortedSet<Partition> partitions(BarFiles files) throws SQLException {
        return partitions(files, files.own().keySet());
    }

    /// {@return `wanted` and the partitions that the files of others reach into, in order}
    SortedSet<Partition> partitions(BarFiles files, Collection<Partition> wanted)
            throws SQLException {
        SortedSet<Partition> all = new TreeSet<>(wanted);
        all.addAll(parquet.partitions(rules, files.foreign()));
        return all;
    }

    /// {@return how many rows there are; of two that have the same time, both count}
    long rowCount(BarFiles files) throws SQLException {
        return parquet.rowCount(files.overlapping(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    Bars read(BarFiles files, Partition partition) throws SQLException {
        return read(files, partition.from(), partition.to());
    }

    Bars read(BarFiles files, long from, long to) throws SQLException {
        return read(files, from, to, ROWS);
    }

    /// {@return all bars}
    ///
    /// @param rows how many there may be
    Bars readAll(BarFiles files, int rows) throws SQLException {
        return read(files, Long.MIN_VALUE, Long.MAX_VALUE, rows);
    }

    private Bars read(BarFiles files, long from, long to, int rows) throws SQLException {
        boolean rising = files.foreign().isEmpty();
        BarBuffer buffer = new BarBuffer(rules, rows);
        return parquet.read(buffer, files.overlapping(from, to), rising, from, to);
    }

    void copy(BarFiles files, long from, long to, Path target) throws SQLException {
        boolean rising = files.foreign().isEmpty();
        parquet.copy(files.overlapping(from, to), rising, from, to, target);
    }

    /// Writes `bars` to `part`, which is on the disk after that.
    void write(Bars bars, Path part) throws IOException, SQLException {
        parquet.write(bars, part);
    }
}
