package dev.ktrdr.market;

import dev.ktrdr.calendar.TradingCalendar;
import java.time.Instant;
import java.util.Random;

/// Bars of a random walk where a calendar expects some, for tests.
///
/// Prices are sixteenths and volumes whole numbers, so that sums do not depend on their order.
final class RandomBars {

    private RandomBars() {}

    static long micros(String instant) {
        return Timeframe.micros(Instant.parse(instant));
    }

    /// {@return at most `count` bars from `from` on}
    ///
    /// @param density share of the expected bars that are there; some of these are synthetic, and
    ///     some have no volume
    static Bars of(BarGrid grid, long from, int count, double density, Random random) {
        BarBuffer buffer = new BarBuffer(BarRules.of(grid.timeframe()));
        ExpectedBars expected = grid.expected(from);
        for (int i = 0; i < count; i++, expected.next()) {
            if (random.nextDouble() < density) {
                add(expected.time(), random, buffer);
            }
        }
        return buffer.bars();
    }

    private static void add(long time, Random random, BarBuffer buffer) {
        double low = 100 + random.nextInt(64) / 16.0;
        double open = low + random.nextInt(16) / 16.0;
        double close = low + random.nextInt(16) / 16.0;
        double high = Math.max(open, close) + random.nextInt(16) / 16.0;
        double volume = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(1000);
        buffer.add(time, open, high, low, close, volume);
        if (random.nextInt(10) == 0) {
            buffer.markSynthetic();
        }
    }

    static BarGrid grid(String timeframe, String calendar) {
        return BarGrid.of(
                Timeframe.parse(timeframe).orElseThrow(),
                TradingCalendar.parse(calendar).orElseThrow());
    }
}
