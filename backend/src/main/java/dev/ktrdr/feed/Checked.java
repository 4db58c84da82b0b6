package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;

/// Lets through what keeps the rules, where rows come with their instants.
///
/// @param rules of the bars
/// @param sink takes the rows
record Checked(BarRules rules, RowSink sink) implements RowSink {

    @Override
    public void row(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        String flaw = rules.flaw(time, open, high, low, close, volume).orElse("");
        if (flaw.isEmpty()) {
            sink.row(line, time, open, high, low, close, volume);
        } else {
            String text =
                    "%s,%s,%s,%s,%s,%s"
                            .formatted(Timeframe.instant(time), open, high, low, close, volume);
            sink.refused(line, text, flaw);
        }
    }

    @Override
    public void refused(long line, String text, String reason) {
        sink.refused(line, text, reason);
    }
}
