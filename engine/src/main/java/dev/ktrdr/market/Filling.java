package dev.ktrdr.market;

import dev.ktrdr.calendar.TradingCalendar;

/// Fills gaps on purpose, for methods that cannot bear any.
///
/// Where the calendar expects a bar and there is none, a flat one at the close before is put. It
/// is marked as synthetic, which never goes away: nothing trades on such a bar.
public final class Filling {

    private Filling() {}

    /// {@return `bars` with flat synthetic ones in their gaps}
    ///
    /// A filled bar has a volume of 0, since nobody is thought to have traded; it is missing where
    /// it is missing in the bar before.
    ///
    /// @param bars what there is; nothing is added before its first and after its last
    /// @param calendar when a bar is expected
    /// @param gapBarsMax longest gap that is filled, in expected bars; longer ones stay
    /// @throws IllegalArgumentException if `gapBarsMax` is below 1
    public static Bars of(Bars bars, TradingCalendar calendar, int gapBarsMax) {
        if (gapBarsMax < 1) {
            throw new IllegalArgumentException("gapBarsMax must be at least 1, was " + gapBarsMax);
        }
        if (bars.count() == 0) {
            return bars;
        }
        BarGrid grid = BarGrid.under(bars, calendar);
        ExpectedBars counted = grid.expected(bars.time(0));
        ExpectedBars filled = grid.expected(bars.time(0));
        BarBuffer out = new BarBuffer(bars.rules(), bars.count());
        for (int i = 0; i < bars.count(); i++) {
            long time = bars.time(i);
            if (i > 0 && counted.skipTo(time) <= gapBarsMax) {
                for (; filled.time() < time; filled.next()) {
                    addFlat(bars, i - 1, filled.time(), out);
                }
            }
            out.add(bars, i);
            counted.skipTo(time + 1);
            filled.skipTo(time + 1);
        }
        return out.bars();
    }

    private static void addFlat(Bars bars, int before, long time, BarBuffer out) {
        double price = bars.close().at(before);
        double volume = Double.isNaN(bars.volume().at(before)) ? Double.NaN : 0;
        out.add(time, price, price, price, price, volume);
        out.markSynthetic();
    }
}
