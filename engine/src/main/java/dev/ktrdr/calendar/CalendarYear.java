package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One year of a calendar, worked out: each of its days, and the names of its closures.
final class CalendarYear {

    private final TradingDay[] days;
    private final Map<LocalDate, Closure> closures = new HashMap<>();

    /// @param hours in the order in which they hold
    CalendarYear(
            int year,
            ZoneId zone,
            Set<DayOfWeek> week,
            List<Hours> hours,
            Consumer<YearPlan> rules) {
        YearPlan plan = new YearPlan(year);
        rules.accept(plan);
        LocalDate first = LocalDate.of(year, 1, 1);
        days = new TradingDay[first.lengthOfYear()];
        for (int i = 0; i < days.length; i++) {
            LocalDate date = first.plusDays(i);
            closure(date, week, plan).ifPresent(closure -> closures.put(date, closure));
            days[i] = day(date, zone, hours, plan);
        }
    }

    private static Optional<Closure> closure(LocalDate date, Set<DayOfWeek> week, YearPlan plan) {
        return week.contains(date.getDayOfWeek())
                ? plan.closed(date).map(name -> new Closure(Closure.Kind.HOLIDAY, name))
                : Optional.of(Closure.WEEKEND);
    }

    private TradingDay day(LocalDate date, ZoneId zone, List<Hours> all, YearPlan plan) {
        Hours hours = Hours.on(date, all);
        LocalTime close = plan.close(date, hours.close());
        boolean closed = closures.containsKey(date);
        Session session =
                new Session(
                        date,
                        hours.open(date, zone),
                        Hours.close(date, closed ? hours.close() : close, zone),
                        !closed && !close.equals(hours.close()));
        LocalDate next = date.plusDays(1);
        return new TradingDay(
                session, hours.from(date, zone), Hours.on(next, all).from(next, zone), closed);
    }

    TradingDay day(LocalDate date) {
        return days[date.getDayOfYear() - 1];
    }

    Optional<Closure> closure(LocalDate date) {
        return Optional.ofNullable(closures.get(date));
    }
}
