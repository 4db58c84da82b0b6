package dev.ktrdr.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {

    private static TradingCalendar calendar(String id) {
        return TradingCalendar.parse(id).orElseThrow();
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    private static Session session(String id, String date) {
        return calendar(id).session(LocalDate.parse(date)).orElseThrow();
    }

    private static String closure(String id, String date) {
        return calendar(id).closure(LocalDate.parse(date)).map(Closure::name).orElse("open");
    }

    /// The instants are those of the local times on the official clocks: New York changed on
    /// 2024-03-10 and 2024-11-03, London on 2024-03-31 and 2024-10-27, Sydney on 2024-04-07 and
    /// 2024-10-06. Each pair is the last session before and the first after.
    @ParameterizedTest
    @CsvSource({
        "NYSE, 2024-03-08, 2024-03-08T14:30:00Z, 2024-03-08T21:00:00Z",
        "NYSE, 2024-03-11, 2024-03-11T13:30:00Z, 2024-03-11T20:00:00Z",
        "NYSE, 2024-11-01, 2024-11-01T13:30:00Z, 2024-11-01T20:00:00Z",
        "NYSE, 2024-11-04, 2024-11-04T14:30:00Z, 2024-11-04T21:00:00Z",
        "LSE, 2024-03-28, 2024-03-28T08:00:00Z, 2024-03-28T16:30:00Z",
        "LSE, 2024-04-02, 2024-04-02T07:00:00Z, 2024-04-02T15:30:00Z",
        "LSE, 2024-10-25, 2024-10-25T07:00:00Z, 2024-10-25T15:30:00Z",
        "LSE, 2024-10-28, 2024-10-28T08:00:00Z, 2024-10-28T16:30:00Z",
        "ASX, 2024-04-05, 2024-04-04T23:00:00Z, 2024-04-05T05:00:00Z",
        "ASX, 2024-04-08, 2024-04-08T00:00:00Z, 2024-04-08T06:00:00Z",
        "ASX, 2024-10-04, 2024-10-04T00:00:00Z, 2024-10-04T06:00:00Z",
        "ASX, 2024-10-07, 2024-10-06T23:00:00Z, 2024-10-07T05:00:00Z",
    })
    void sessionsFollowTheClocksOfTheirPlace(String id, String date, String open, String close) {
        LocalDate day = LocalDate.parse(date);
        assertThat(session(id, date))
                .isEqualTo(new Session(day, micros(open), micros(close), false));
    }

    @ParameterizedTest
    @CsvSource({
        "NYSE, 2001-09-11, Attacks of 11 September 2001",
        "NYSE, 2001-09-17, open",
        "NYSE, 2012-10-29, Hurricane Sandy",
        "NYSE, 2012-10-30, Hurricane Sandy",
        "NYSE, 2004-06-11, Day of mourning for Ronald Reagan",
        "NYSE, 2018-12-05, Day of mourning for George H. W. Bush",
        "NYSE, 2024-01-15, Martin Luther King Jr. Day",
        "NYSE, 2022-06-20, Juneteenth",
        "NYSE, 2021-06-18, open",
        "NYSE, 2021-12-31, open",
        "NYSE, 2010-12-24, Christmas Day",
        "NYSE, 2024-03-29, Good Friday",
        "NYSE, 2024-07-06, Weekend",
        "LSE, 2022-06-03, Platinum Jubilee",
        "LSE, 2021-12-28, Boxing Day",
        "LSE, 2022-12-27, Christmas Day",
        "LSE, 2016-12-27, Christmas Day",
        "XETRA, 2024-05-20, open",
        "XETRA, 2021-05-24, Whit Monday",
        "XETRA, 2024-12-31, New Year's Eve",
        "TSE, 2019-04-30, Citizens' Holiday",
        "TSE, 2015-09-22, Citizens' Holiday",
        "TSE, 2020-10-01, Failure of the trading system",
        "TSE, 2024-02-12, 'National Foundation Day, made up for'",
        "ASX, 2011-04-26, Easter Tuesday",
        "ASX, 2022-09-22, Day of mourning for Queen Elizabeth II",
        "FX, 2023-12-25, Christmas Day",
        "24/7, 2023-12-25, open",
        "WEEKDAYS, 2023-12-25, open",
        "WEEKDAYS, 2023-12-24, Weekend",
    })
    void closedDayHasAName(String id, String date, String name) {
        assertThat(closure(id, date)).isEqualTo(name);
    }

    /// From the published calendars of the exchanges.
    @ParameterizedTest
    @CsvSource({
        "NYSE, 2024-11-29, 2024-11-29T18:00:00Z",
        "NYSE, 2024-12-24, 2024-12-24T18:00:00Z",
        "NYSE, 2024-07-03, 2024-07-03T17:00:00Z",
        "NYSE, 2002-07-05, 2002-07-05T17:00:00Z",
        "NYSE, 2023-07-03, 2023-07-03T17:00:00Z",
        "LSE, 2022-12-23, 2022-12-23T12:30:00Z",
        "LSE, 2024-12-31, 2024-12-31T12:30:00Z",
        "XETRA, 2024-12-30, 2024-12-30T13:00:00Z",
        "ASX, 2024-12-24, 2024-12-24T03:00:00Z",
    })
    void halfDayClosesEarly(String id, String date, String close) {
        Session session = session(id, date);
        assertThat(session.shortened()).isTrue();
        assertThat(session.close()).isEqualTo(micros(close));
    }

    /// 2002-07-03 and 2013-07-05 are the whole days beside a Thursday holiday; in 2022 the holiday
    /// was a Monday; on 2021-12-24 the holiday itself was made up for.
    @ParameterizedTest
    @ValueSource(strings = {"2002-07-03", "2013-07-05", "2022-07-01", "2022-07-05", "2021-12-23"})
    void dayBesideAHolidayMayBeWhole(String date) {
        assertThat(session("NYSE", date).shortened()).isFalse();
    }

    @Test
    void tokyoClosesHalfAnHourLaterSinceNovember2024() {
        assertThat(session("TSE", "2024-11-01").close()).isEqualTo(micros("2024-11-01T06:00:00Z"));
        assertThat(session("TSE", "2024-11-05").close()).isEqualTo(micros("2024-11-05T06:30:00Z"));
        assertThat(session("TSE", "2024-11-05").shortened()).isFalse();
    }

    /// Lunch began at 11:00 until November 2011 and at 11:30 since; Tokyo is nine hours ahead.
    @Test
    void tokyoRestsAtNoonInsideItsSession() {
        TradingCalendar tokyo = calendar("TSE");
        assertThat(tokyo.isOpen(micros("2011-11-18T02:00:00Z"))).isFalse();
        assertThat(tokyo.isOpen(micros("2011-11-21T02:00:00Z"))).isTrue();
        assertThat(tokyo.isOpen(micros("2024-11-05T03:29:59Z"))).isFalse();
        assertThat(tokyo.sessionAt(micros("2024-11-05T03:29:59Z"))).isPresent();
        assertThat(tokyo.isOpen(micros("2024-11-05T03:30:00Z"))).isTrue();
        assertThat(calendar("NYSE").pause(session("NYSE", "2024-11-05"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-05T21:59:59.999999Z, true",
        "2024-01-05T22:00:00Z, false",
        "2024-01-06T12:00:00Z, false",
        "2024-01-07T21:59:59.999999Z, false",
        "2024-01-07T22:00:00Z, true",
        "2024-01-08T22:00:00Z, true",
    })
    void currenciesTradeFromSundayToFridayNight(String instant, boolean open) {
        assertThat(calendar("FX").isOpen(micros(instant))).isEqualTo(open);
    }

    @Test
    void sundayNightCountsToMonday() {
        assertThat(calendar("FX").dayAt(micros("2024-01-07T22:00:00Z")).date())
                .isEqualTo(LocalDate.parse("2024-01-08"));
        assertThat(calendar("FX-NY").sessionAt(micros("2024-07-07T21:00:00Z")))
                .map(Session::date)
                .contains(LocalDate.parse("2024-07-08"));
    }

    @Test
    void eveningInNewYorkNeverOutlastsTheDayBar() {
        TradingDay day = calendar("NYSE").day(LocalDate.parse("2024-01-03"));
        assertThat(day.from()).isEqualTo(micros("2024-01-03T00:00:00Z"));
        assertThat(day.to()).isEqualTo(micros("2024-01-04T00:00:00Z"));
    }

    @Test
    void fridayEveningWaitsForMonday() {
        assertThat(calendar("NYSE").sessionFrom(micros("2024-01-12T21:00:00Z")).date())
                .isEqualTo(LocalDate.parse("2024-01-16"));
        assertThat(calendar("NYSE").sessionFrom(micros("2024-01-12T20:59:59Z")).date())
                .isEqualTo(LocalDate.parse("2024-01-12"));
    }

    @Test
    void identifiersAreReadInAnyCase() {
        assertThat(TradingCalendar.parse("nasdaq")).contains(calendar("NYSE"));
        assertThat(TradingCalendar.parse("fx-ny")).isPresent();
        assertThat(TradingCalendar.parse("MARS")).isEmpty();
        assertThat(TradingCalendar.all()).allSatisfy(c -> assertThat(calendar(c.id())).isSameAs(c));
    }

    @Test
    void onlyTheOneWithoutClosingIsRoundTheClock() {
        assertThat(TradingCalendar.all().stream().filter(TradingCalendar::isRoundTheClock))
                .containsExactly(calendar("24/7"));
    }

    /// Days tile time, sessions lie inside their days, and a date has a session or a reason.
    @Property(tries = 2000)
    void everyDateIsOpenOrExplained(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll @IntRange(min = 7305, max = 47846) int epochDay) { // 1990 to 2100
        TradingCalendar calendar = TradingCalendar.all().get(which);
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        TradingDay day = calendar.day(date);
        assertThat(calendar.session(date).isPresent()).isEqualTo(calendar.closure(date).isEmpty());
        assertThat(day.to()).isEqualTo(calendar.day(date.plusDays(1)).from());
        assertThat(day.from()).isLessThanOrEqualTo(day.hours().open());
        assertThat(day.hours().open()).isLessThan(day.hours().close());
        assertThat(day.hours().close()).isLessThanOrEqualTo(day.to());
        assertThat(calendar.dayAt(day.from())).isEqualTo(day);
        assertThat(calendar.dayAt(day.to() - 1)).isEqualTo(day);
    }

    @Property(tries = 1000)
    void weekendIsNeverAHoliday(
            @ForAll @IntRange(min = 1, max = 8) int which,
            @ForAll @IntRange(min = 7305, max = 47846) int epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
        boolean said =
                TradingCalendar.all().get(which).closure(date).stream()
                        .anyMatch(closure -> closure.kind() == Closure.Kind.WEEKEND);
        assertThat(said).isEqualTo(weekend);
    }

    @Test
    void ownCalendarHasItsWeekHoursAndHolidays() {
        LocalDate sunday = LocalDate.parse("2024-01-07");
        TradingCalendar tadawul =
                TradingCalendar.custom(
                        "TADAWUL",
                        ZoneId.of("Asia/Riyadh"),
                        LocalTime.of(10, 0),
                        LocalTime.of(15, 0),
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
                        Map.of(LocalDate.parse("2024-02-22"), "Founding Day"));
        assertThat(tadawul.session(sunday)).isEmpty();
        assertThat(tadawul.sessionAt(micros("2024-01-08T07:00:00Z"))).isPresent();
        assertThat(tadawul.closure(LocalDate.parse("2024-02-22")))
                .contains(new Closure(Closure.Kind.HOLIDAY, "Founding Day"));
    }

    @Test
    void ownCalendarThatOutlastsItsDayBarIsRefused() {
        ZoneId chicago = ZoneId.of("America/Chicago");
        Set<DayOfWeek> week = EnumSet.of(DayOfWeek.MONDAY);
        LocalTime open = LocalTime.of(8, 30);
        assertThatThrownBy(
                        () ->
                                TradingCalendar.custom(
                                        "LATE", chicago, open, LocalTime.of(19, 0), week, Map.of()))
                .hasMessage(
                        "a session must end by midnight UTC of its date,"
                                + " 19:00 in America/Chicago is later");
        assertThatThrownBy(
                        () ->
                                TradingCalendar.custom(
                                        "ODD", chicago, open, LocalTime.of(15, 2), week, Map.of()))
                .hasMessage(
                        "open and close must lie on a quarter of an hour, were 08:30 and 15:02");
    }
}
