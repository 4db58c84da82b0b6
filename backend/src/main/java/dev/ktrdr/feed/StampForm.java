package dev.ktrdr.feed;

import dev.ktrdr.feed.ReadOptions.DateOrder;
import dev.ktrdr.feed.ReadOptions.Unit;
import dev.ktrdr.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the stamps of a file are written: one form for the whole file.
sealed interface StampForm {

    /// A number since 1970-01-01T00:00Z.
    ///
    /// @param unit what it counts
    /// @param given whether somebody said so; else the size of a number has to show it
    record Epoch(Unit unit, boolean given) implements StampForm {}

    /// A date, perhaps with a time of day and a zone.
    ///
    /// @param order of its numbers
    record Calendar(DateOrder order) implements StampForm {}

    /// {@return the form in words}
    default String title() {
        return switch (this) {
            case Epoch(Unit unit, boolean _) -> unit.title() + " since 1970";
            case Calendar(DateOrder order) -> "a date with " + order.title();
        };
    }

    /// {@return the form that most of `stamps` have}
    ///
    /// @throws StoreException of kind INVALID if there is none or more than one
    static StampForm of(List<String> stamps, ReadOptions options) {
        Optional<StampForm> said =
                options.unit()
                        .map(unit -> (StampForm) new Epoch(unit, true))
                        .or(() -> options.dates().map(Calendar::new));
        if (said.isPresent()) {
            return said.flatMap(form -> most(stamps, form))
                    .orElseThrow(() -> none(stamps, " as " + said.get().title()));
        }
        Stream<StampForm> units = Stream.of(Unit.values()).map(unit -> new Epoch(unit, false));
        return most(stamps, new Calendar(DateOrder.YMD))
                .or(() -> units.flatMap(form -> most(stamps, form).stream()).findFirst())
                .or(() -> yearLast(stamps))
                .orElseThrow(() -> none(stamps, ""));
    }

    /// {@return how many of `stamps` have this form}
    private long count(List<String> stamps) {
        Stamp reader = new Stamp(this);
        return stamps.stream().filter(reader::read).count();
    }

    private static Optional<StampForm> most(List<String> stamps, StampForm form) {
        long count = form.count(stamps);
        return 2 * count > stamps.size() ? Optional.of(form) : Optional.empty();
    }

    /// 03/04/2020 can be in March or in April; a day above 12 somewhere decides it, unless another
    /// one decides it the other way.
    private static Optional<StampForm> yearLast(List<String> stamps) {
        StampForm dayFirst = new Calendar(DateOrder.DMY);
        StampForm monthFirst = new Calendar(DateOrder.MDY);
        Stamp day = new Stamp(dayFirst);
        Stamp month = new Stamp(monthFirst);
        long both = stamps.stream().filter(stamp -> day.read(stamp) && month.read(stamp)).count();
        long days = dayFirst.count(stamps) - both;
        long months = monthFirst.count(stamps) - both;
        if (2 * (both + days + months) <= stamps.size()) {
            return Optional.empty();
        }
        if ((days > 0) == (months > 0)) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    ("dates such as '%s' can have the day first or the month first and the first"
                                    + " rows do not tell which; add --dates dmy or --dates mdy")
                            .formatted(stamps.getFirst()));
        }
        return Optional.of(days > 0 ? dayFirst : monthFirst);
    }

    private static StoreException none(List<String> stamps, String said) {
        return new StoreException(
                StoreException.Kind.INVALID,
                ("'%s' is no time that can be read%s; known are dates such as 2020-04-17, date and"
                                + " time such as 2020-04-17 14:30:00 with or without zone, the same"
                                + " without marks, and numbers since 1970 in s, ms, us or ns"
                                + " (add --unit where their size does not tell)")
                        .formatted(stamps.isEmpty() ? "" : stamps.getFirst(), said));
    }
}
