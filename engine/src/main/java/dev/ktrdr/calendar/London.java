package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;

/// The holidays and half days of the London Stock Exchange: the bank holidays of England.
///
/// Source: Banking and Financial Dealings Act 1971 and the proclamations that moved or added days.
/// Trading ends at half past twelve on the last day before Christmas and before New Year.
final class London {

    private static final LocalTime HALF_PAST_TWELVE = LocalTime.of(12, 30);

    private London() {}

    static void plan(YearPlan plan) {
        plan.close(YearPlan.orMonday(plan.day(1, 1)), "New Year's Day");
        plan.close(plan.easter(-2), "Good Friday");
        plan.close(plan.easter(1), "Easter Monday");
        plan.close(earlyMay(plan), "Early May bank holiday");
        plan.close(spring(plan), "Spring bank holiday");
        plan.close(plan.last(DayOfWeek.MONDAY, 8), "Summer bank holiday");
        plan.closeChristmas();
        plan.closeOnce("1999-12-31", "Millennium");
        plan.closeOnce("2002-06-03", "Golden Jubilee");
        plan.closeOnce("2011-04-29", "Wedding of Prince William");
        plan.closeOnce("2012-06-05", "Diamond Jubilee");
        plan.closeOnce("2022-06-03", "Platinum Jubilee");
        plan.closeOnce("2022-09-19", "Funeral of Queen Elizabeth II");
        plan.closeOnce("2023-05-08", "Coronation of King Charles III");
        plan.closeEarly(YearPlan.orFriday(plan.day(12, 24)), HALF_PAST_TWELVE);
        plan.closeEarly(YearPlan.orFriday(plan.day(12, 31)), HALF_PAST_TWELVE);
    }

    /// Moved to the anniversary of the end of the war in 1995 and 2020.
    private static LocalDate earlyMay(YearPlan plan) {
        return plan.year() == 1995 || plan.year() == 2020
                ? plan.day(5, 8)
                : plan.nth(1, DayOfWeek.MONDAY, 5);
    }

    /// Moved beside the jubilees of Queen Elizabeth II.
    private static LocalDate spring(YearPlan plan) {
        return switch (plan.year()) {
            case 2002, 2012 -> plan.day(6, 4);
            case 2022 -> plan.day(6, 2);
            default -> plan.last(DayOfWeek.MONDAY, 5);
        };
    }
}
