package dev.ktrdr.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// When a market trades: a week, its hours on local clocks, and the dates that depart from both.
///
/// Holidays hold for 1990 to 2100; earlier and later years follow the same rules, for what these
/// are worth. Each year is worked out once and kept. Immutable; threads may share it.
public final class TradingCalendar {

    private static final long QUARTER_SECONDS = 900;

    private final String id;
    private final String title;
    private final ZoneId zone;
    private final Set<DayOfWeek> week;
    private final List<Hours> hours;
    private final Consumer<YearPlan> rules;
    private final Map<Integer, CalendarYear> years = new ConcurrentHashMap<>();

    /// @param hours in the order in which they hold, the first for all time before the second
    TradingCalendar(
            String id,
            String title,
            ZoneId zone,
            Set<DayOfWeek> week,
            List<Hours> hours,
            Consumer<YearPlan> rules) {
        this.id = id;
        this.title = title;
        this.zone = zone;
        this.week = Set.copyOf(week);
        this.hours = List.copyOf(hours);
        this.rules = rules;
    }

    /// {@return the calendar written as `id`, upper or lower case; `NASDAQ` is that of `NYSE`}
    public static Optional<TradingCalendar> parse(String id) {
        String name = id.strip().toUpperCase(Locale.ROOT);
        String known = name.equals("NASDAQ") ? "NYSE" : name;
        return all().stream().filter(calendar -> calendar.id.equals(known)).findFirst();
    }

    /// {@return every calendar that has an identifier, the general ones first}
    public static List<TradingCalendar> all() {
        return Markets.ALL;
    }

    /// {@return the market that never closes}
    public static TradingCalendar roundTheClock() {
        return Markets.ROUND_THE_CLOCK;
    }

    /// {@return the week of currencies, Sunday 22:00 to Friday 22:00 UTC}
    public static TradingCalendar currencies() {
        return Markets.CURRENCIES;
    }

    /// {@return Monday to Friday without holidays: what is assumed where nothing is known}
    public static TradingCalendar weekdays() {
        return Markets.WEEKDAYS;
    }

    /// {@return a market of your own}
    ///
    /// @param id what it is called
    /// @param zone place of its clocks
    /// @param open first instant of a session, on a quarter of an hour; when it is not before the
    ///     close, the session opens on the evening before its date
    /// @param close first instant after a session, on a quarter of an hour; 00:00 is the end of the
    ///     date
    /// @param week days of the week that have sessions
    /// @param holidays dates without session, each with its name
    /// @throws IllegalArgumentException if the week is empty, a time is not on a quarter, or a
    ///     session ends after midnight UTC of its date, when its day bar has closed
    public static TradingCalendar custom(
            String id,
            ZoneId zone,
            LocalTime open,
            LocalTime close,
            Set<DayOfWeek> week,
            Map<LocalDate, String> holidays) {
        if (week.isEmpty()) {
            throw new IllegalArgumentException(
                    "a calendar must have a day of the week that trades");
        }
        if (open.toSecondOfDay() % QUARTER_SECONDS != 0
                || close.toSecondOfDay() % QUARTER_SECONDS != 0) {
            throw new IllegalArgumentException(
                    "open and close must lie on a quarter of an hour, were %s and %s"
                            .formatted(open, close));
        }
        for (int month : new int[] {1, 7}) { // once in winter, once in summer
            LocalDate date = LocalDate.of(2024, month, 2);
            if (Hours.close(date, close, zone) > Hours.midnight(date.plusDays(1))) {
                throw new IllegalArgumentException(
                        "a session must end by midnight UTC of its date, %s in %s is later"
                                .formatted(close, zone));
            }
        }
        Map<LocalDate, String> closed = Map.copyOf(holidays);
        return new TradingCalendar(
                id,
                "%s, %s to %s %s".formatted(id, open, close, zone),
                zone,
                week,
                List.of(Hours.of(open, close)),
                plan -> closed.forEach(plan::close));
    }

    /// {@return the short name that users write, such as `NYSE`}
    public String id() {
        return id;
    }

    /// {@return the name in words}
    public String title() {
        return title;
    }

    /// {@return the place of its clocks}
    public ZoneId zone() {
        return zone;
    }

    /// {@return whether it never closes}
    public boolean isRoundTheClock() {
        return week.size() == 7 && hours.getFirst().isWholeDay();
    }

    /// {@return the session of a trading date, empty if it has none}
    public Optional<Session> session(LocalDate date) {
        TradingDay day = day(date);
        return day.closed() ? Optional.empty() : Optional.of(day.hours());
    }

    /// {@return the break in the middle of a session, empty if there is none}
    public Optional<Pause> pause(Session session) {
        return Hours.on(session.date(), hours).pause(session.date(), zone);
    }

    /// {@return why a trading date has no session, empty if it has one}
    public Optional<Closure> closure(LocalDate date) {
        return year(date.getYear()).closure(date);
    }

    /// {@return the hours of a trading date, its session if it has one}
    public TradingDay day(LocalDate date) {
        return year(date.getYear()).day(date);
    }

    /// {@return the trading day that an instant counts to}
    ///
    /// @param time microseconds since the epoch, UTC
    public TradingDay dayAt(long time) {
        TradingDay day = day(LocalDate.ofEpochDay(Math.floorDiv(time, Hours.DAY)));
        while (time >= day.to()) {
            day = day(day.date().plusDays(1));
        }
        return day;
    }

    /// {@return the session that is open at an instant, empty if none is}
    ///
    /// @param time microseconds since the epoch, UTC
    public Optional<Session> sessionAt(long time) {
        TradingDay day = dayAt(time);
        return !day.closed() && day.hours().contains(time)
                ? Optional.of(day.hours())
                : Optional.empty();
    }

    /// {@return whether the market trades at an instant, which it does not in a break either}
    ///
    /// @param time microseconds since the epoch, UTC
    public boolean isOpen(long time) {
        return sessionAt(time)
                .filter(session -> pause(session).filter(p -> p.contains(time)).isEmpty())
                .isPresent();
    }

    /// {@return the session that is open at an instant, or else the next one}
    ///
    /// @param time microseconds since the epoch, UTC
    public Session sessionFrom(long time) {
        TradingDay day = dayAt(time);
        while (day.closed() || day.hours().close() <= time) {
            day = day(day.date().plusDays(1));
        }
        return day.hours();
    }

    private CalendarYear year(int year) {
        CalendarYear known = years.get(year);
        return known != null
                ? known
                : years.computeIfAbsent(
                        year, missing -> new CalendarYear(missing, zone, week, hours, rules));
    }

    @Override
    public String toString() {
        return id;
    }
}
