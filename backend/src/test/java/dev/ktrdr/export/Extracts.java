package dev.ktrdr.export;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import java.util.List;
import java.util.Random;

/// Bars to write in the tests of the forms.
final class Extracts {

    private static final long START = 1_577_836_800_000_000L; // 2020-01-01T00:00:00Z

    private Extracts() {}

    /// {@return `count` minute bars from 2020-01-01 on; every third volume is missing}
    static Bars bars(int count) {
        Random random = new Random(7);
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1), count);
        for (int i = 0; i < count; i++) {
            double open = Math.rint(10_000 * (1 + random.nextDouble())) / 10_000;
            double close = 1 + random.nextDouble();
            buffer.add(
                    START + i * Timeframe.M1.micros(),
                    open,
                    Math.max(open, close) + 0.25,
                    Math.min(open, close) - 0.5,
                    close,
                    i % 3 == 2 ? Double.NaN : random.nextInt(1_000_000));
        }
        return buffer.bars();
    }

    static Extract of(Bars... parts) {
        return new Extract("BTC/USDT", "1m", List.of(parts), false, "");
    }

    static Extract newestFirst(Bars... parts) {
        return new Extract("BTC/USDT", "1m", List.of(parts), true, "");
    }
}
