package dev.ktrdr.store;

import static dev.ktrdr.store.Lakes.bars;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.market.Bars;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Laws of putting two sets of bars together. A set is a map from day to price.
class MergePropertyTest {

    private static Arbitrary<Integer> day() {
        return Arbitraries.integers().between(0, 15);
    }

    @Provide
    static Arbitrary<Set<Integer>> days() {
        return day().set().ofMaxSize(12);
    }

    @Provide
    static Arbitrary<Map<Integer, Integer>> prices() {
        return Arbitraries.maps(day(), Arbitraries.integers().between(1, 3)).ofMaxSize(12);
    }

    private static Bars of(Map<Integer, Integer> prices) {
        Bars all = bars(1);
        for (var bar : new TreeMap<>(prices).entrySet()) {
            all = Merged.of(all, bars(bar.getValue(), bar.getKey()), Merge.KEEP).bars();
        }
        return all;
    }

    private static Bars merge(Bars stored, Bars added, Merge mode) {
        return Merged.of(stored, added, mode).bars();
    }

    @Property
    void mergingTwiceIsMergingOnce(
            @ForAll("prices") Map<Integer, Integer> a,
            @ForAll("prices") Map<Integer, Integer> b,
            @ForAll Merge mode) {
        Bars once = merge(of(a), of(b), mode);
        assertThat(merge(once, of(b), mode)).isEqualTo(once);
        assertThat(Merged.of(once, of(b), mode).outcome().added()).isZero();
    }

    /// A map that keeps or replaces says what the result has to be.
    @Property
    void mergeIsWhatAMapDoes(
            @ForAll("prices") Map<Integer, Integer> a, @ForAll("prices") Map<Integer, Integer> b) {
        Map<Integer, Integer> kept = new TreeMap<>(b);
        kept.putAll(a);
        Map<Integer, Integer> replaced = new TreeMap<>(a);
        replaced.putAll(b);
        assertThat(merge(of(a), of(b), Merge.KEEP)).isEqualTo(of(kept));
        assertThat(merge(of(a), of(b), Merge.OVERWRITE)).isEqualTo(of(replaced));
    }

    @Property
    void orderDoesNotMatterWhereBarsAgree(
            @ForAll("days") Set<Integer> a,
            @ForAll("days") Set<Integer> b,
            @ForAll("days") Set<Integer> c,
            @ForAll Merge mode) {
        Bars forward = merge(merge(days(a), days(b), mode), days(c), mode);
        Bars backward = merge(merge(days(c), days(b), mode), days(a), mode);
        assertThat(forward).isEqualTo(backward);
    }

    /// {@return a bar for each of `days`, with a price that depends on the day alone}
    private static Bars days(Set<Integer> days) {
        Map<Integer, Integer> prices = new TreeMap<>();
        days.forEach(day -> prices.put(day, day + 1));
        return of(prices);
    }
}
