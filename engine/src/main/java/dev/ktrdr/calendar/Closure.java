package dev.ktrdr.calendar;

/// Why a date has no session.
///
/// @param kind what sort of closure it is
/// @param name what people call it, such as `Thanksgiving` or `Hurricane Sandy`
public record Closure(Kind kind, String name) {

    /// The sorts of closures.
    public enum Kind {
        /// The market never trades on this day of the week.
        WEEKEND,
        /// The market would trade on this day of the week, but is closed.
        HOLIDAY
    }

    static final Closure WEEKEND = new Closure(Kind.WEEKEND, "Weekend");
}
