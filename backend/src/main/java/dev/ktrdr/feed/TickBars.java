package dev.ktrdr.feed;

import dev.ktrdr.market.Timeframe;

/// Makes bars of trades. A bar is handed over with the first trade of a later period.
///
/// Inside of a period the earliest trade makes the open and the latest the close, in the order of
/// the file where stamps are equal. A trade of a period that is over is refused. Of the last period
/// of a file nobody knows whether it has passed, so it makes no bar, and that is said.
final class TickBars implements RowSink {

    private final Timeframe timeframe;
    private final RowSink sink;

    private long line;
    private long lastLine;
    private long period;
    private long count;
    private long firstTime;
    private long lastTime;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;

    TickBars(Timeframe timeframe, RowSink sink) {
        this.timeframe = timeframe;
        this.sink = sink;
    }

    /// Takes a trade.
    @Override
    public void row(
            long line,
            long time,
            double price,
            double samePrice,
            double samePriceToo,
            double priceAgain,
            double amount) {
        long floor = timeframe.floor(time);
        if (count > 0 && floor < period) {
            String text = "%s,%s,%s".formatted(Timeframe.instant(time), price, amount);
            sink.refused(line, text, "the trade is older than the bar being made");
            return;
        }
        if (count > 0 && floor > period) {
            sink.row(this.line, period, open, high, low, close, volume);
            count = 0;
        }
        if (count == 0) {
            start(line, floor, time, price);
        }
        add(line, time, price, amount);
    }

    private void start(long line, long floor, long time, double price) {
        this.line = line;
        period = floor;
        firstTime = time;
        lastTime = time;
        open = price;
        high = price;
        low = price;
        close = price;
        volume = Double.NaN;
    }

    private void add(long line, long time, double price, double amount) {
        count++;
        lastLine = line;
        if (time < firstTime) {
            firstTime = time;
            open = price;
        }
        if (time >= lastTime) {
            lastTime = time;
            close = price;
        }
        high = Math.max(high, price);
        low = Math.min(low, price);
        if (!Double.isNaN(amount)) {
            volume = Double.isNaN(volume) ? amount : volume + amount;
        }
    }

    @Override
    public void refused(long line, String text, String reason) {
        sink.refused(line, text, reason);
    }

    /// Ends the file: says that its last period makes no bar.
    void end() {
        if (count > 0) {
            String text = "%d trades from %s".formatted(count, Timeframe.instant(period));
            sink.refused(
                    lastLine,
                    text,
                    "the file ends before this period does, so its trades make no bar");
            count = 0;
        }
    }
}
