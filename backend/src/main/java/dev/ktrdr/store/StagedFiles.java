package dev.ktrdr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The rows of one import by partition. Those that were used last stay in memory, the others wait
/// in files. For one thread.
final class StagedFiles {

    private static final long RESIDENT_ROWS_MAX = 1 << 18;

    private record Extent(long first, long last, int count) {}

    private final Path folder;
    private final NavigableMap<Partition, Extent> extents = new TreeMap<>();
    private final Map<Partition, Rows> resident = new LinkedHashMap<>();

    StagedFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Collection<Partition> partitions() {
        return extents.keySet();
    }

    /// {@return the rows of `partition` so far, none if it is new}
    Rows rows(Partition partition) throws IOException {
        Rows rows = resident.get(partition);
        if (rows != null) {
            return rows;
        }
        return extents.containsKey(partition) ? Rows.read(file(partition)) : new Rows(0);
    }

    /// Keeps `rows`, sorted and without doubles, as those of `partition`.
    void replace(Partition partition, Rows rows) throws IOException {
        extents.put(partition, new Extent(rows.time(0), rows.last(), rows.count()));
        resident.remove(partition);
        resident.put(partition, rows);
        long count = resident.values().stream().mapToLong(Rows::count).sum();
        Iterator<Map.Entry<Partition, Rows>> oldest = resident.entrySet().iterator();
        while (count > RESIDENT_ROWS_MAX && resident.size() > 1) {
            Map.Entry<Partition, Rows> entry = oldest.next();
            entry.getValue().write(file(entry.getKey()));
            count -= entry.getValue().count();
            oldest.remove();
        }
    }

    private Path file(Partition partition) throws IOException {
        return Files.createDirectories(folder).resolve(partition.file() + ".rows");
    }

    long rowCount() {
        return extents.values().stream().mapToLong(Extent::count).sum();
    }

    long first() {
        return extents.isEmpty() ? 0 : extents.firstEntry().getValue().first;
    }

    long last() {
        return extents.isEmpty() ? 0 : extents.lastEntry().getValue().last;
    }
}
