package dev.ktrdr.feed;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.store.StoreException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Where the stamps of a file were taken, and who says so.
///
/// @param id zone of stamps that carry none, empty if there are no such
/// @param title the same for people
/// @param stamps how the stamps are written, for people
record Zone(Optional<ZoneId> id, String title, String stamps) {

    /// {@return the zone of stamps of `form`}
    ///
    /// @param stamps the first ones
    /// @param utcInName whether the name of their column says that they are UTC
    /// @param ticks whether they belong to trades
    /// @throws StoreException of kind INVALID if a zone is needed and nobody has named one, or if
    ///     there is no time of day and there has to be one
    static Zone of(
            StampForm form,
            List<String> stamps,
            boolean utcInName,
            boolean ticks,
            BarRules rules,
            ReadOptions options) {
        if (form instanceof StampForm.Epoch) {
            return new Zone(options.zone(), "UTC, as every number since 1970", form.title());
        }
        Stamp reader = new Stamp(form);
        boolean timed = false;
        String bare = "";
        for (String stamp : stamps) {
            if (reader.read(stamp)) {
                timed |= reader.timed();
                bare = bare.isEmpty() && !reader.zoned() ? stamp : bare;
            }
        }
        String kind = form.title() + (timed ? " and time" : "");
        boolean dates = !ticks && !rules.timeframe().isIntraday();
        if (!timed && !dates && !stamps.isEmpty()) {
            throw invalid(
                    "the stamps are dates without a time of day ('%s'), so these are no bars of %s;"
                                    .formatted(stamps.getFirst(), rules.timeframe().id())
                            + " is the timeframe 1d meant?");
        }
        if (bare.isEmpty()) {
            String title = stamps.isEmpty() ? "" : "in each stamp";
            return new Zone(options.zone(), title, kind + " and zone");
        }
        if (options.zone().isPresent()) {
            return new Zone(options.zone(), options.zone().get() + ", as was said", kind);
        }
        if (utcInName) {
            String title = "UTC, as the name of the column says";
            return new Zone(Optional.of(ZoneOffset.UTC), title, kind);
        }
        if (dates) {
            return new Zone(Optional.empty(), "none needed: a date stands for itself", kind);
        }
        throw invalid(
                "the stamps carry no zone ('%s'); add the one they were written in, such as"
                                .formatted(bare)
                        + " --zone America/New_York or --zone UTC");
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
