package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The calendars that have an identifier, each made once.
final class Markets {

    private static final Set<DayOfWeek> MONDAY_TO_FRIDAY =
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final String UTC = "UTC";
    private static final String NEW_YORK = "America/New_York";

    static final TradingCalendar ROUND_THE_CLOCK =
            new TradingCalendar(
                    "24/7",
                    "Round the clock",
                    ZoneId.of(UTC),
                    EnumSet.allOf(DayOfWeek.class),
                    List.of(Hours.wholeDay()),
                    _ -> {});

    static final TradingCalendar CURRENCIES =
            market(
                    "FX",
                    "Currencies, Sunday to Friday 22:00 UTC",
                    UTC,
                    Markets::currencies,
                    hours("22:00", "22:00"));

    static final TradingCalendar WEEKDAYS =
            market("WEEKDAYS", "Monday to Friday, whole days", UTC, _ -> {}, Hours.wholeDay());

    static final List<TradingCalendar> ALL =
            List.of(
                    ROUND_THE_CLOCK,
                    CURRENCIES,
                    market(
                            "FX-NY",
                            "Currencies, Sunday to Friday 17:00 New York",
                            NEW_YORK,
                            Markets::currencies,
                            hours("17:00", "17:00")),
                    WEEKDAYS,
                    market(
                            "NYSE",
                            "New York Stock Exchange and Nasdaq",
                            NEW_YORK,
                            NewYork::plan,
                            hours("09:30", "16:00")),
                    market(
                            "LSE",
                            "London Stock Exchange",
                            "Europe/London",
                            London::plan,
                            hours("08:00", "16:30")),
                    market(
                            "XETRA",
                            "Xetra, Frankfurt",
                            "Europe/Berlin",
                            Frankfurt::plan,
                            hours("09:00", "17:30")),
                    market(
                            "TSE",
                            "Tokyo Stock Exchange",
                            "Asia/Tokyo",
                            Tokyo::plan,
                            tokyo("11:00", "15:00"),
                            tokyo("11:30", "15:00").from(LocalDate.of(2011, 11, 21)),
                            tokyo("11:30", "15:30").from(LocalDate.of(2024, 11, 5))),
                    market(
                            "ASX",
                            "Australian Securities Exchange",
                            "Australia/Sydney",
                            Sydney::plan,
                            hours("10:00", "16:00")));

    private Markets() {}

    private static TradingCalendar market(
            String id, String title, String zone, Consumer<YearPlan> rules, Hours... hours) {
        return new TradingCalendar(
                id, title, ZoneId.of(zone), MONDAY_TO_FRIDAY, List.of(hours), rules);
    }

    private static Hours hours(String open, String close) {
        return Hours.of(LocalTime.parse(open), LocalTime.parse(close));
    }

    private static Hours tokyo(String pause, String close) {
        return hours("09:00", close).pausing(LocalTime.parse(pause), LocalTime.of(12, 30));
    }

    /// The two dates on which every place of the world rests.
    private static void currencies(YearPlan plan) {
        plan.close(plan.day(1, 1), "New Year's Day");
        plan.close(plan.day(12, 25), "Christmas Day");
    }
}
