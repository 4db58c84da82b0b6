package dev.ktrdr.calendar;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The ordinary hours of a market, as its clocks show them.
///
/// @param since first date on which they hold
/// @param open first instant; when it is not before the close, it lies on the evening before
/// @param close first instant after; midnight is the end of the date
/// @param pauseFrom start of the break in the middle
/// @param pauseTo its end; the same as its start where there is none
record Hours(
        LocalDate since, LocalTime open, LocalTime close, LocalTime pauseFrom, LocalTime pauseTo) {

    private static final long SECOND = 1_000_000;
    static final long DAY = 86_400 * SECOND;

    static Hours of(LocalTime open, LocalTime close) {
        return new Hours(LocalDate.MIN, open, close, open, open);
    }

    /// {@return the same hours, but only from `date` on}
    Hours from(LocalDate date) {
        return new Hours(date, open, close, pauseFrom, pauseTo);
    }

    /// {@return the same hours with a break in the middle}
    Hours pausing(LocalTime from, LocalTime to) {
        return new Hours(since, open, close, from, to);
    }

    static Hours wholeDay() {
        return of(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    }

    boolean isOvernight() {
        return !close.equals(LocalTime.MIDNIGHT) && !open.isBefore(close);
    }

    boolean isWholeDay() {
        return open.equals(LocalTime.MIDNIGHT) && close.equals(LocalTime.MIDNIGHT);
    }

    long open(LocalDate date, ZoneId zone) {
        return instant(isOvernight() ? date.minusDays(1) : date, open, zone);
    }

    /// {@return the break of `date`, empty if there is none}
    Optional<Pause> pause(LocalDate date, ZoneId zone) {
        return pauseFrom.equals(pauseTo)
                ? Optional.empty()
                : Optional.of(
                        new Pause(instant(date, pauseFrom, zone), instant(date, pauseTo, zone)));
    }

    /// {@return the last of the hours that hold on `date`}
    ///
    /// @param all in the order in which they hold
    static Hours on(LocalDate date, List<Hours> all) {
        Hours last = all.getFirst();
        for (Hours hours : all) {
            if (!hours.since.isAfter(date)) {
                last = hours;
            }
        }
        return last;
    }

    /// {@return the first instant that counts to the trading date `date`}
    long from(LocalDate date, ZoneId zone) {
        return isOvernight()
                ? open(date, zone)
                : Math.min(instant(date, LocalTime.MIDNIGHT, zone), midnight(date));
    }

    /// {@return the instant at which the session of `date` ends when its close is at `time`}
    static long close(LocalDate date, LocalTime time, ZoneId zone) {
        return instant(time.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date, time, zone);
    }

    static long midnight(LocalDate date) {
        return Math.multiplyExact(date.toEpochDay(), DAY);
    }

    private static long instant(LocalDate date, LocalTime time, ZoneId zone) {
        return Math.multiplyExact(date.atTime(time).atZone(zone).toEpochSecond(), SECOND);
    }
}
