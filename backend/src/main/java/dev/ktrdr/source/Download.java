package dev.ktrdr.source;

import dev.ktrdr.market.BarSource;
import dev.ktrdr.market.BarSourceException;
import dev.ktrdr.market.Bars;
import dev.ktrdr.store.SeriesName;
import java.util.function.Consumer;

/// What is missing of one series, fetched from a source page by page.
///
/// Each page is kept before the next one is asked for. Whoever goes on after an interruption asks
/// from the close of the last bar that was kept.
///
/// @param source where the bars come from
/// @param name of the series
/// @param from first open that is wanted, microseconds since the epoch, UTC
/// @param to no bar opens at or after it; `Long.MAX_VALUE` for all there are
public record Download(BarSource source, SeriesName name, long from, long to) {

    /// {@return how many bars came}
    ///
    /// @param keep takes each page, oldest first; what it throws ends the download
    /// @throws BarSourceException if the source fails for good; what was kept stays kept
    public long run(Consumer<Bars> keep) throws BarSourceException, InterruptedException {
        long count = 0;
        long next = from;
        while (next < to) {
            Bars page = source.after(name.symbol(), name.timeframe(), next);
            if (page.count() == 0) {
                return count;
            }
            Bars wanted = page.between(next, to);
            keep.accept(wanted);
            count += wanted.count();
            next = page.closeTime(page.count() - 1);
        }
        return count;
    }
}
