package dev.ktrdr.quality;

import dev.ktrdr.market.BarGrid;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Instrument;

/// Measures a series of bars against the calendar of its instrument and against itself.
public final class Quality {

    private final Instrument instrument;
    private final GapScan gaps;
    private final StaleScan stale = new StaleScan();
    private final ReturnScan returns;
    private final long first;
    private long last;
    private long bars;
    private long synthetic;
    private long zeroVolume;
    private long missingVolume;

    private Quality(Bars part, Instrument instrument) {
        this.instrument = instrument;
        BarRules rules = part.rules();
        first = part.time(0);
        gaps = new GapScan(BarGrid.under(part, instrument.calendar()), first);
        returns = new ReturnScan(rules.timeframe(), instrument.calendar(), rules.signed());
    }

    /// {@return what there is to say about a series}
    ///
    /// @param parts the series in order, such as month by month; walked along twice, one part in
    ///     memory at a time
    /// @param instrument what the series is of
    /// @throws IllegalArgumentException if there is no bar at all
    public static QualityReport of(Iterable<Bars> parts, Instrument instrument) {
        Quality quality = new Quality(firstWithBars(parts), instrument);
        for (Bars part : parts) {
            quality.measure(part);
        }
        quality.returns.judge();
        for (Bars part : parts) {
            quality.judge(part);
        }
        return quality.report();
    }

    private static Bars firstWithBars(Iterable<Bars> parts) {
        for (Bars part : parts) {
            if (part.count() > 0) {
                return part;
            }
        }
        throw new IllegalArgumentException("a series must have at least one bar, was empty");
    }

    private void measure(Bars part) {
        for (int i = 0; i < part.count(); i++) {
            last = part.time(i);
            bars++;
            if (part.isSynthetic(i)) {
                synthetic++;
                continue;
            }
            double volume = part.volume().at(i);
            if (volume == 0) {
                zeroVolume++;
            } else if (Double.isNaN(volume)) {
                missingVolume++;
            }
            gaps.add(last);
            stale.add(part, i);
            returns.add(part, i);
        }
    }

    private void judge(Bars part) {
        for (int i = 0; i < part.count(); i++) {
            if (!part.isSynthetic(i)) {
                returns.add(part, i);
            }
        }
    }

    private QualityReport report() {
        return new QualityReport(
                instrument.calendar().id(),
                instrument.known(),
                first,
                last,
                bars,
                synthetic,
                gaps.expected(),
                gaps.present(),
                gaps.gaps(),
                gaps.closedDays(),
                gaps.outOfSession(),
                gaps.overlaps(),
                zeroVolume,
                missingVolume,
                returns.suspicious(),
                stale.runs());
    }
}
