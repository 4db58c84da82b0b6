package dev.ktrdr.store;

import dev.ktrdr.market.Bars;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Whole series that are kept in memory, so that they need not be read again; those that were asked
/// for longest ago go first when there is no more room. Threads may share it.
final class BarCache {

    private static final long BAR_BYTES = 48;

    private record Entry(Fingerprint fingerprint, Bars bars) {

        long bytes() {
            return BAR_BYTES * bars.count();
        }
    }

    private final long bytesMax;
    private final Map<SeriesName, Entry> entries = new LinkedHashMap<>();
    private long bytes;
    private long hitCount;
    private long missCount;

    BarCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// {@return whether a series of `count` bars may be kept}
    boolean fits(long count) {
        return count * BAR_BYTES <= bytesMax;
    }

    /// {@return the bars of `name` in the state of `fingerprint`, empty if they are not here}
    synchronized Optional<Bars> find(SeriesName name, Fingerprint fingerprint) {
        Optional<Entry> found = remove(name).filter(entry -> entry.fingerprint.equals(fingerprint));
        found.ifPresent(entry -> put(name, entry));
        hitCount += found.isPresent() ? 1 : 0;
        missCount += found.isPresent() ? 0 : 1;
        return found.map(Entry::bars);
    }

    /// Keeps `bars`, which must fit.
    synchronized void keep(SeriesName name, Fingerprint fingerprint, Bars bars) {
        remove(name);
        put(name, new Entry(fingerprint, bars));
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > bytesMax) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private void put(SeriesName name, Entry entry) {
        entries.put(name, entry);
        bytes += entry.bytes();
    }

    private Optional<Entry> remove(SeriesName name) {
        Optional<Entry> removed = Optional.ofNullable(entries.remove(name));
        bytes -= removed.map(Entry::bytes).orElse(0L);
        return removed;
    }

    synchronized CacheUse use() {
        return new CacheUse(bytes, bytesMax, hitCount, missCount);
    }
}
