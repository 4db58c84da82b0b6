package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;

/// The holidays and half days of the Australian exchange, those of New South Wales.
///
/// Source: ASX, trading calendars. Anzac Day on a weekend is lost, except in 2010. The last days
/// before Christmas and New Year end two hours early since 2010, except in 2022.
final class Sydney {

    private static final LocalTime TWO = LocalTime.of(14, 0);

    private Sydney() {}

    static void plan(YearPlan plan) {
        plan.close(YearPlan.orMonday(plan.day(1, 1)), "New Year's Day");
        australiaDay(plan);
        plan.close(plan.easter(-2), "Good Friday");
        plan.close(plan.easter(1), "Easter Monday");
        plan.close(plan.day(4, 25), "Anzac Day");
        plan.closeOnce("2010-04-26", "Anzac Day");
        plan.closeOnce("2011-04-26", "Easter Tuesday");
        plan.close(
                plan.nth(2, DayOfWeek.MONDAY, 6),
                plan.isSince(2023) ? "King's Birthday" : "Queen's Birthday");
        plan.closeChristmas();
        plan.closeOnce("1990-12-31", "New Year's Eve");
        plan.closeOnce("1999-12-31", "Millennium");
        plan.closeOnce("2022-09-22", "Day of mourning for Queen Elizabeth II");
        if (plan.isSince(2010) && plan.year() != 2022) {
            plan.closeEarly(YearPlan.orFriday(plan.day(12, 24)), TWO);
            plan.closeEarly(YearPlan.orFriday(plan.day(12, 31)), TWO);
        }
    }

    /// Until 1992 on a Monday; in 1993 the states differed and the exchange stayed open.
    private static void australiaDay(YearPlan plan) {
        var day = plan.day(1, 26);
        if (plan.isSince(1994)) {
            plan.close(YearPlan.orMonday(day), "Australia Day");
        } else if (plan.year() != 1993) {
            plan.close(day.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)), "Australia Day");
        }
    }
}
