package dev.ktrdr.quality;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Counts findings and keeps those of most weight; of equal ones the first.
final class Top<T> {

    private record Entry<T>(double weight, long order, T item) {}

    private final int limit;
    private final PriorityQueue<Entry<T>> kept = new PriorityQueue<>(Top.<T>heaviest().reversed());
    private long total;

    Top(int limit) {
        this.limit = limit;
    }

    private static <T> Comparator<Entry<T>> heaviest() {
        return Comparator.comparingDouble((Entry<T> entry) -> -entry.weight)
                .thenComparingLong(entry -> entry.order);
    }

    void add(double weight, T item) {
        total++;
        kept.add(new Entry<>(weight, total, item));
        if (kept.size() > limit) {
            kept.remove();
        }
    }

    /// {@return what was kept, heaviest first}
    Listed<T> listed() {
        List<T> items = kept.stream().sorted(heaviest()).map(Entry::item).toList();
        return new Listed<>(total, items);
    }
}
