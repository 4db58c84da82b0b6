package dev.ktrdr.store;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.Bars;

/// Two sets of bars put together.
///
/// @param bars the result
/// @param outcome what the second set has changed in the first
record Merged(Bars bars, Outcome outcome) {

    static Merged of(Bars stored, Bars added, Merge mode) {
        if (stored.count() == 0) {
            return new Merged(added, new Outcome(added.count(), 0, 0));
        }
        BarBuffer bars = new BarBuffer(stored.rules(), stored.count() + added.count());
        long same = 0;
        long differing = 0;
        long filled = 0;
        int s = 0;
        for (int a = 0; a < added.count(); a++) {
            while (s < stored.count() && stored.time(s) < added.time(a)) {
                bars.add(stored, s++);
            }
            if (s == stored.count() || stored.time(s) > added.time(a)) {
                bars.add(added, a);
                continue;
            }
            boolean newWins = false;
            if (stored.isSynthetic(s) != added.isSynthetic(a)) {
                newWins = stored.isSynthetic(s);
                filled += newWins ? 1 : 0;
                same += newWins ? 0 : 1;
            } else if (equal(stored, s, added, a)) {
                same++;
            } else {
                differing++;
                newWins = mode == Merge.OVERWRITE;
            }
            bars.add(newWins ? added : stored, newWins ? a : s);
            s++;
        }
        while (s < stored.count()) {
            bars.add(stored, s++);
        }
        long fresh = bars.count() - stored.count() + filled;
        return new Merged(bars.bars(), new Outcome(fresh, same, differing));
    }

    private static boolean equal(Bars one, int i, Bars two, int j) {
        return one.open().at(i) == two.open().at(j)
                && one.high().at(i) == two.high().at(j)
                && one.low().at(i) == two.low().at(j)
                && one.close().at(i) == two.close().at(j)
                && Double.compare(one.volume().at(i), two.volume().at(j)) == 0;
    }
}
