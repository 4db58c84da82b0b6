package dev.ktrdr.job;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Filling;
import dev.ktrdr.market.Instruments;
import dev.ktrdr.market.Resampled;
import dev.ktrdr.market.Resampling;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.Outcome;
import dev.ktrdr.store.Provenance;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.Staging;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// Bars made of bars that are there: of a longer timeframe, or in gaps.
///
/// Long series pass through month by month. What lies at the seam of two months is looked at twice,
/// with enough of the month before, so that the result is the same as in one piece.
public final class Derivation {

    /// Up to here a series can be too long for the memory, and every bar lies on the same grid;
    /// longer bars have to be seen together to tell which grid they are on.
    private static final Timeframe LONGEST_IN_PARTS = Timeframe.M15;

    /// What came out.
    ///
    /// @param symbol of the series that was written
    /// @param timeframe of the series that was written
    /// @param source what it was made of
    /// @param barsAdded bars that were new
    /// @param barsSame bars that were there already
    /// @param barsDiffering bars that were there with other values; `mode` says which won
    /// @param barsNow bars that the series has now
    /// @param mode `keep` or `overwrite`
    public record Result(
            String symbol,
            String timeframe,
            String source,
            long barsAdded,
            long barsSame,
            long barsDiffering,
            long barsNow,
            String mode) {}

    private final BarLake lake;
    private final Instruments instruments;
    private final InstantSource time;

    /// Derivations from the series of `lake`.
    public Derivation(BarLake lake, Instruments instruments, InstantSource time) {
        this.lake = lake;
        this.instruments = instruments;
        this.time = time;
    }

    /// Checks that bars of `target` can be made of `name`.
    ///
    /// @throws StoreException of kind INVALID if not
    public void check(SeriesName name, Timeframe target) {
        if (target == name.timeframe()) {
            throw new StoreException(
                    Kind.INVALID, "the series has bars of " + target.id() + " already");
        }
        resampled(Bars.none(BarRules.of(name.timeframe())), target, calendar(name));
    }

    /// Makes the finished bars of `target` out of `name` and merges them into that series.
    ///
    /// @param mode which win where that series has others
    /// @throws StoreException of kind NOT_FOUND if there is no such series, of kind INVALID if the
    ///     bars cannot be made of these
    public Result resample(SeriesName name, Timeframe target, Merge mode, Progress progress) {
        SeriesName made = new SeriesName(name.symbol(), target);
        try (Staging staging = lake.stage(made, Staging.Refusals.IGNORED)) {
            progress.step("resampling", 0, 80);
            resampled(name, target, staging::add, progress);
            return store(staging, "resampled from " + name, mode, progress);
        }
    }

    /// {@return the finished bars of `target` that `name` makes; nothing is stored}
    ///
    /// @throws StoreException as [#resample]
    public Bars resampled(SeriesName name, Timeframe target) {
        BarBuffer all = new BarBuffer(new BarRules(target, lake.rules(name).signed()));
        resampled(name, target, bars -> addAll(all, bars), Progress.UNSEEN);
        return all.bars();
    }

    private void resampled(
            SeriesName name, Timeframe target, Consumer<Bars> sink, Progress progress) {
        TradingCalendar calendar = calendar(name);
        Bars carried = Bars.none(lake.rules(name));
        Bars pending = Bars.none(new BarRules(target, lake.rules(name).signed()));
        long open = Long.MIN_VALUE;
        long count = 0;
        for (Bars part : parts(name)) {
            progress.checkCancelled();
            if (part.count() == 0) {
                continue;
            }
            Bars fine = joined(carried, part);
            Resampled coarse = resampled(fine, target, calendar);
            Bars known = coarse.partial().count() > 0 ? coarse.partial() : coarse.complete();
            long last = known.time(known.count() - 1);
            sink.accept(coarse.complete().between(open, last));
            pending = coarse.complete().between(last, Long.MAX_VALUE);
            open = last;
            // A day may begin in the evening before its date, so a day more is enough.
            carried = fine.between(last - Timeframe.D1.micros(), Long.MAX_VALUE);
            count += part.count();
            progress.items(count, 0);
        }
        sink.accept(pending);
    }

    private Iterable<Bars> parts(SeriesName name) {
        return name.timeframe().compareTo(LONGEST_IN_PARTS) <= 0
                ? lake.parts(name)
                : List.of(lake.read(name, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static Resampled resampled(Bars fine, Timeframe target, TradingCalendar calendar) {
        try {
            return Resampling.of(fine, target, calendar);
        } catch (IllegalArgumentException e) {
            throw new StoreException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /// Fills the short gaps of `name` with flat bars, marked as synthetic.
    ///
    /// @param gapBarsMax longest gap that is filled, in bars, at least 1
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Result fill(SeriesName name, int gapBarsMax, Progress progress) {
        TradingCalendar calendar = calendar(name);
        try (Staging staging = lake.stage(name, Staging.Refusals.IGNORED)) {
            progress.step("filling", 0, 80);
            Bars last = Bars.none(lake.rules(name));
            long count = 0;
            for (Bars part : parts(name)) {
                progress.checkCancelled();
                if (part.count() == 0) {
                    continue;
                }
                staging.add(synthetic(Filling.of(joined(last, part), calendar, gapBarsMax)));
                last = part.slice(part.count() - 1, part.count());
                count += part.count();
                progress.items(count, 0);
            }
            String source = "filled gaps of at most " + gapBarsMax + " bars";
            return store(staging, source, Merge.KEEP, progress);
        }
    }

    private static Bars synthetic(Bars bars) {
        BarBuffer some = new BarBuffer(bars.rules());
        for (int i = 0; i < bars.count(); i++) {
            if (bars.isSynthetic(i)) {
                some.add(bars, i);
            }
        }
        return some.bars();
    }

    private Result store(Staging staging, String source, Merge mode, Progress progress) {
        progress.checkCancelled();
        progress.step("storing", 80, 100);
        long now = Timeframe.micros(time.instant());
        Outcome outcome = staging.commit(mode, new Provenance(source, "", "{}", 0, now));
        SeriesName name = staging.name();
        return new Result(
                name.symbol(),
                name.timeframe().id(),
                source,
                outcome.added(),
                outcome.same(),
                outcome.differing(),
                lake.count(name),
                mode == Merge.KEEP ? "keep" : "overwrite");
    }

    private TradingCalendar calendar(SeriesName name) {
        return instruments.of(name.symbol()).calendar();
    }

    private static Bars joined(Bars first, Bars second) {
        if (first.count() == 0) {
            return second;
        }
        BarBuffer both = new BarBuffer(second.rules(), first.count() + second.count());
        addAll(both, first);
        addAll(both, second);
        return both.bars();
    }

    private static void addAll(BarBuffer buffer, Bars bars) {
        for (int i = 0; i < bars.count(); i++) {
            buffer.add(bars, i);
        }
    }
}
