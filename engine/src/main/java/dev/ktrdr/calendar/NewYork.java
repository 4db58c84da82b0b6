package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;

/// The holidays and half days of the New York stock exchanges.
///
/// Source: NYSE, rule 7.2 (holidays) and its notices of special closings. A New Year's Day on
/// Saturday is not made up for, because the Friday ends a year in the books.
final class NewYork {

    private static final LocalTime ONE = LocalTime.of(13, 0);
    private static final LocalTime TWO = LocalTime.of(14, 0);
    private static final String SEPTEMBER_11 = "Attacks of 11 September 2001";
    private static final String SANDY = "Hurricane Sandy";

    private NewYork() {}

    static void plan(YearPlan plan) {
        holidays(plan);
        specialClosings(plan);
        halfDays(plan);
    }

    private static void holidays(YearPlan plan) {
        LocalDate newYear = plan.day(1, 1);
        if (newYear.getDayOfWeek() != DayOfWeek.SATURDAY) {
            plan.close(YearPlan.orMonday(newYear), "New Year's Day");
        }
        if (plan.isSince(1998)) {
            plan.close(plan.nth(3, DayOfWeek.MONDAY, 1), "Martin Luther King Jr. Day");
        }
        plan.close(plan.nth(3, DayOfWeek.MONDAY, 2), "Washington's Birthday");
        plan.close(plan.easter(-2), "Good Friday");
        plan.close(plan.last(DayOfWeek.MONDAY, 5), "Memorial Day");
        if (plan.isSince(2022)) {
            plan.close(YearPlan.nearestWeekday(plan.day(6, 19)), "Juneteenth");
        }
        plan.close(YearPlan.nearestWeekday(plan.day(7, 4)), "Independence Day");
        plan.close(plan.nth(1, DayOfWeek.MONDAY, 9), "Labor Day");
        plan.close(plan.nth(4, DayOfWeek.THURSDAY, 11), "Thanksgiving");
        plan.close(YearPlan.nearestWeekday(plan.day(12, 25)), "Christmas Day");
    }

    private static void specialClosings(YearPlan plan) {
        plan.closeOnce("1994-04-27", "Day of mourning for Richard Nixon");
        plan.closeOnce("2001-09-11", SEPTEMBER_11);
        plan.closeOnce("2001-09-12", SEPTEMBER_11);
        plan.closeOnce("2001-09-13", SEPTEMBER_11);
        plan.closeOnce("2001-09-14", SEPTEMBER_11);
        plan.closeOnce("2004-06-11", "Day of mourning for Ronald Reagan");
        plan.closeOnce("2007-01-02", "Day of mourning for Gerald Ford");
        plan.closeOnce("2012-10-29", SANDY);
        plan.closeOnce("2012-10-30", SANDY);
        plan.closeOnce("2018-12-05", "Day of mourning for George H. W. Bush");
        plan.closeOnce("2025-01-09", "Day of mourning for Jimmy Carter");
    }

    private static void halfDays(YearPlan plan) {
        LocalTime close = plan.isSince(1993) ? ONE : TWO;
        plan.closeEarly(plan.nth(4, DayOfWeek.THURSDAY, 11).plusDays(1), close);
        // On a Friday the 24th is the holiday itself, made up for in advance.
        plan.closeEarly(plan.day(12, 24), close);
        if (plan.isSince(1995)) {
            aroundIndependenceDay(plan);
        }
        switch (plan.year()) {
            case 1997, 2003 -> plan.closeEarly(plan.day(12, 26), ONE);
            case 1999 -> plan.closeEarly(plan.day(12, 31), ONE);
            default -> {}
        }
    }

    /// The day before, when the market is open on it; until 2012 a Thursday holiday shortened the
    /// Friday after instead. A holiday on Monday shortens nothing.
    private static void aroundIndependenceDay(YearPlan plan) {
        boolean fridayAfter =
                plan.day(7, 4).getDayOfWeek() == DayOfWeek.THURSDAY && !plan.isSince(2013);
        plan.closeEarly(plan.day(7, fridayAfter ? 5 : 3), ONE);
    }
}
