package dev.ktrdr.quality;

import dev.ktrdr.market.Bars;
import dev.ktrdr.quality.QualityReport.StaleRun;

/// Finds stretches of bars that repeat each other, as a feed does that has stopped.
final class StaleScan {

    private static final int RUN_BARS_MIN = 5;
    private static final int RUNS_MAX = 20;

    private final Top<StaleRun> runs = new Top<>(RUNS_MAX);
    private double open = Double.NaN;
    private double high = Double.NaN;
    private double low = Double.NaN;
    private double close = Double.NaN;
    private long from;
    private long count;

    /// Takes the bar at `index`.
    void add(Bars bars, int index) {
        if (bars.close().at(index) == close
                && bars.open().at(index) == open
                && bars.high().at(index) == high
                && bars.low().at(index) == low) {
            count++;
            return;
        }
        end();
        open = bars.open().at(index);
        high = bars.high().at(index);
        low = bars.low().at(index);
        close = bars.close().at(index);
        from = bars.time(index);
        count = 1;
    }

    private void end() {
        if (count >= RUN_BARS_MIN) {
            runs.add((double) count, new StaleRun(from, count));
        }
        count = 0;
    }

    /// {@return the runs; nothing may be added after}
    Listed<StaleRun> runs() {
        end();
        return runs.listed();
    }
}
