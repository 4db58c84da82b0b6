package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/// The holidays of the Tokyo Stock Exchange: those of Japan, and the turn of the year.
///
/// Source: Act on National Holidays (1948) with its changes. Its article 3 moves a holiday that
/// falls on Sunday to the next day that is none, and frees a day between two holidays. The
/// equinoxes follow the usual approximation for 1980 to 2099 and its next term for 2100.
final class Tokyo {

    private Tokyo() {}

    static void plan(YearPlan plan) {
        Map<LocalDate, String> national = new TreeMap<>();
        winterAndSpring(plan, national);
        summer(plan, national);
        autumn(plan, national);
        once(plan, national);
        national.forEach(plan::close);
        between(plan, national);
        madeUpFor(plan, national);
        plan.close(plan.day(1, 2), "New Year holiday");
        plan.close(plan.day(1, 3), "New Year holiday");
        plan.close(plan.day(12, 31), "New Year holiday");
        plan.closeOnce("2020-10-01", "Failure of the trading system");
    }

    private static void winterAndSpring(YearPlan plan, Map<LocalDate, String> national) {
        national.put(plan.day(1, 1), "New Year's Day");
        national.put(
                plan.isSince(2000) ? plan.nth(2, DayOfWeek.MONDAY, 1) : plan.day(1, 15),
                "Coming of Age Day");
        national.put(plan.day(2, 11), "National Foundation Day");
        if (plan.isSince(2020)) {
            national.put(plan.day(2, 23), "Emperor's Birthday");
        }
        national.put(plan.day(3, equinox(plan, 20.8431, 21.8510)), "Vernal Equinox Day");
        national.put(plan.day(4, 29), plan.isSince(2007) ? "Showa Day" : "Greenery Day");
        national.put(plan.day(5, 3), "Constitution Memorial Day");
        if (plan.isSince(2007)) {
            national.put(plan.day(5, 4), "Greenery Day");
        }
        national.put(plan.day(5, 5), "Children's Day");
    }

    /// Three holidays made room for the Olympic Games, planned for 2020 and held in 2021.
    private static void summer(YearPlan plan, Map<LocalDate, String> national) {
        int year = plan.year();
        if (year == 2020 || year == 2021) {
            int earlier = year - 2020;
            national.put(plan.day(7, 23 - earlier), "Marine Day");
            national.put(plan.day(7, 24 - earlier), "Sports Day");
            national.put(plan.day(8, year == 2020 ? 10 : 8), "Mountain Day");
            return;
        }
        if (plan.isSince(1996)) {
            national.put(
                    plan.isSince(2003) ? plan.nth(3, DayOfWeek.MONDAY, 7) : plan.day(7, 20),
                    "Marine Day");
        }
        if (plan.isSince(2016)) {
            national.put(plan.day(8, 11), "Mountain Day");
        }
        national.put(
                plan.isSince(2000) ? plan.nth(2, DayOfWeek.MONDAY, 10) : plan.day(10, 10),
                plan.isSince(2020) ? "Sports Day" : "Health and Sports Day");
    }

    private static void autumn(YearPlan plan, Map<LocalDate, String> national) {
        national.put(
                plan.isSince(2003) ? plan.nth(3, DayOfWeek.MONDAY, 9) : plan.day(9, 15),
                "Respect for the Aged Day");
        national.put(plan.day(9, equinox(plan, 23.2488, 24.2488)), "Autumnal Equinox Day");
        national.put(plan.day(11, 3), "Culture Day");
        national.put(plan.day(11, 23), "Labour Thanksgiving Day");
        if (!plan.isSince(2019)) {
            national.put(plan.day(12, 23), "Emperor's Birthday");
        }
    }

    private static void once(YearPlan plan, Map<LocalDate, String> national) {
        switch (plan.year()) {
            case 1990 -> national.put(plan.day(11, 12), "Enthronement ceremony");
            case 1993 -> national.put(plan.day(6, 9), "Wedding of Crown Prince Naruhito");
            case 2019 -> {
                national.put(plan.day(5, 1), "Accession of Emperor Naruhito");
                national.put(plan.day(10, 22), "Enthronement ceremony");
            }
            default -> {}
        }
    }

    private static int equinox(YearPlan plan, double until2099, double from2100) {
        int years = plan.year() - 1980;
        double day = (plan.isSince(2100) ? from2100 : until2099) + 0.242194 * years;
        return (int) day - Math.floorDiv(years, 4);
    }

    private static void between(YearPlan plan, Map<LocalDate, String> national) {
        for (LocalDate date : national.keySet()) {
            LocalDate next = date.plusDays(1);
            if (next.getDayOfWeek() != DayOfWeek.SUNDAY
                    && !national.containsKey(next)
                    && national.containsKey(date.plusDays(2))) {
                plan.close(next, "Citizens' Holiday");
            }
        }
    }

    private static void madeUpFor(YearPlan plan, Map<LocalDate, String> national) {
        for (LocalDate date : new ArrayList<>(national.keySet())) {
            if (date.getDayOfWeek() == DayOfWeek.SUNDAY) {
                LocalDate free = date.plusDays(1);
                while (national.containsKey(free)) {
                    free = free.plusDays(1);
                }
                plan.close(free, national.getOrDefault(date, "") + ", made up for");
            }
        }
    }
}
