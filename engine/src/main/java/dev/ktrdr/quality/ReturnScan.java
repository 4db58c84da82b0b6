package dev.ktrdr.quality;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.calendar.TradingDay;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.QualityReport.SuspiciousReturn;

/// Finds closes that are far away from the one before, by what is usual in the series.
///
/// The change is the logarithm of the ratio, or the difference where prices may be 0 and below.
/// Changes over night are compared with each other, and those inside of a day with each other,
/// because the first are larger by nature. The bars are seen twice: first all are counted, then
/// each is judged.
final class ReturnScan {

    private static final double SCORE_MAX = 10;
    private static final int LISTED_MAX = 20;

    private final Timeframe timeframe;
    private final TradingCalendar calendar;
    private final boolean signed;
    private final Spread inside = new Spread();
    private final Spread overNight = new Spread();
    private final Top<SuspiciousReturn> suspicious = new Top<>(LISTED_MAX);

    private TradingDay day;
    private long time;
    private double close;
    private boolean judging;

    ReturnScan(Timeframe timeframe, TradingCalendar calendar, boolean signed) {
        this.timeframe = timeframe;
        this.calendar = calendar;
        this.signed = signed;
        day = calendar.dayAt(0);
        begin();
    }

    private void begin() {
        time = Long.MIN_VALUE;
        close = Double.NaN;
    }

    /// Ends the counting: the bars that come now, the same once more, are judged.
    void judge() {
        inside.settle();
        overNight.settle();
        judging = true;
        begin();
    }

    /// Takes the bar at `index`.
    void add(Bars bars, int index) {
        long now = bars.time(index);
        double price = bars.close().at(index);
        if (time != Long.MIN_VALUE) {
            double change = signed ? price - close : Math.log(price / close);
            Spread spread = isInside(now) ? inside : overNight;
            if (judging) {
                judge(now, price, spread.score(change));
            } else {
                spread.add(change);
            }
        }
        time = now;
        close = price;
    }

    private boolean isInside(long now) {
        if (!timeframe.isIntraday() || now - time == timeframe.micros()) {
            return true;
        }
        if (!day.contains(now)) {
            day = calendar.dayAt(now);
        }
        return day.contains(time);
    }

    private void judge(long now, double price, double score) {
        if (Math.abs(score) > SCORE_MAX) {
            suspicious.add(Math.abs(score), new SuspiciousReturn(now, close, price, score));
        }
    }

    Listed<SuspiciousReturn> suspicious() {
        return suspicious.listed();
    }
}
