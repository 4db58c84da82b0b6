package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The days of one year on which a market departs from its week, while they are written down.
///
/// It also knows how dates move from year to year. For one thread until it is finished.
final class YearPlan {

    private final int year;
    private final Map<LocalDate, String> closed = new HashMap<>();
    private final Map<LocalDate, LocalTime> early = new HashMap<>();

    YearPlan(int year) {
        this.year = year;
    }

    int year() {
        return year;
    }

    boolean isSince(int first) {
        return year >= first;
    }

    /// Closes the market on `date`. The first name of a date stays.
    void close(LocalDate date, String name) {
        closed.putIfAbsent(date, name);
    }

    /// Closes the market on a date that belongs to one year only.
    void closeOnce(String date, String name) {
        LocalDate day = LocalDate.parse(date);
        if (day.getYear() == year) {
            close(day, name);
        }
    }

    /// Ends the session of `date` at `time`, if there is one.
    void closeEarly(LocalDate date, LocalTime time) {
        early.put(date, time);
    }

    Optional<String> closed(LocalDate date) {
        return Optional.ofNullable(closed.get(date));
    }

    LocalTime close(LocalDate date, LocalTime ordinary) {
        return early.getOrDefault(date, ordinary);
    }

    LocalDate day(int month, int day) {
        return LocalDate.of(year, month, day);
    }

    /// {@return the `n`-th day of the week in the month, n from 1}
    LocalDate nth(int n, DayOfWeek weekday, int month) {
        return day(month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
    }

    LocalDate last(DayOfWeek weekday, int month) {
        return day(month, 1).with(TemporalAdjusters.lastInMonth(weekday));
    }

    /// {@return Easter Sunday plus `days`}
    ///
    /// Source: J. Meeus, "Astronomical Algorithms" (1991), chapter 8, for the Gregorian calendar.
    LocalDate easter(int days) {
        int a = year % 19;
        int century = year / 100;
        int leap = century - century / 4 - (8 * century + 13) / 25;
        int h = (19 * a + leap + 15) % 30;
        int moon = h - h / 28 * (1 - h / 28 * (29 / (h + 1)) * ((21 - a) / 11));
        int weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
        return day(3, 28).plusDays(moon - weekday + days);
    }

    static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    }

    /// {@return the date, or the Monday after when it falls on a weekend}
    static LocalDate orMonday(LocalDate date) {
        return isWeekend(date) ? date.with(TemporalAdjusters.next(DayOfWeek.MONDAY)) : date;
    }

    /// {@return the date, or the Friday before when it falls on a weekend}
    static LocalDate orFriday(LocalDate date) {
        return isWeekend(date) ? date.with(TemporalAdjusters.previous(DayOfWeek.FRIDAY)) : date;
    }

    /// {@return the date, the Friday before a Saturday, or the Monday after a Sunday}
    static LocalDate nearestWeekday(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY ? orFriday(date) : orMonday(date);
    }

    /// Closes the two days of Christmas as in London and Sydney: what falls on a weekend is made up
    /// for on the next days that are free.
    void closeChristmas() {
        LocalDate first = day(12, 25);
        DayOfWeek weekday = first.getDayOfWeek();
        boolean sunday = weekday == DayOfWeek.SUNDAY;
        close(first.plusDays(sunday || weekday == DayOfWeek.SATURDAY ? 2 : 0), "Christmas Day");
        boolean moved = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.FRIDAY;
        close(first.plusDays(moved ? 3 : 1), "Boxing Day");
    }
}
