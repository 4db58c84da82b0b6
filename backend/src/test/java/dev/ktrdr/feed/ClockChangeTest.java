package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.feed.Received.Refused;
import dev.ktrdr.market.Timeframe;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the clocks change: dates and hours are those of the tz database, as `zdump -v` prints them.
class ClockChangeTest {

    private static final String NEW_YORK = "America/New_York";
    private static final String TWICE =
            "the clock showed this time twice and the order of the rows does not tell which one"
                    + " it is";

    private static Received read(Timeframe timeframe, String zone, List<String> stamps) {
        StringBuilder csv = new StringBuilder("time,open,high,low,close\n");
        stamps.forEach(stamp -> csv.append(stamp).append(",1,1,1,1\n"));
        return Received.of(csv.toString(), timeframe, "zone", zone);
    }

    /// {@return what the wall showed at each step of an interval, as a program writes it}
    private static List<String> wall(ZonedDateTime from, Duration length, Duration step) {
        List<String> stamps = new ArrayList<>();
        ZonedDateTime end = from.plus(length);
        for (ZonedDateTime time = from; time.isBefore(end); time = time.plus(step)) {
            stamps.add(time.toLocalDateTime().toString());
        }
        return stamps;
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2020-03-08T02:30, 2020-03-08T01:30, 2020-03-08T06:30:00Z",
        "Europe/London, 2020-03-29T01:30, 2020-03-29T00:30, 2020-03-29T00:30:00Z",
        "Australia/Sydney, 2020-10-04T02:30, 2020-10-04T01:30, 2020-10-03T15:30:00Z"
    })
    void timeThatTheClockLeftOutIsRefused(String zone, String never, String once, String utc) {
        Received received = read(Timeframe.M30, zone, List.of(once, never));
        assertThat(received.times()).containsExactly(utc);
        assertThat(received.refused)
                .extracting(Refused::reason)
                .containsExactly("the clock was put forward over this time, it was never shown");
    }

    /// A day round each change in minutes: every instant comes back, in either order of the rows.
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2020-11-01",
        "Europe/London, 2020-10-25",
        "Australia/Sydney, 2020-04-05",
        "Australia/Lord_Howe, 2020-04-05",
        "America/New_York, 2020-03-08",
        "Australia/Sydney, 2020-10-04"
    })
    void minutesOfADayWithAChangeAreToldApartByTheirOrder(String zone, String date) {
        ZonedDateTime midnight = LocalDateTime.parse(date + "T00:00").atZone(ZoneId.of(zone));
        List<String> stamps = wall(midnight, Duration.ofHours(26), Duration.ofMinutes(1));
        List<String> expected = instants(midnight, 26 * 60);
        assertThat(read(Timeframe.M1, zone, stamps).times()).isEqualTo(expected);
        Collections.reverse(stamps);
        Collections.reverse(expected);
        assertThat(read(Timeframe.M1, zone, stamps).times()).isEqualTo(expected);
    }

    private static List<String> instants(ZonedDateTime from, int minutes) {
        List<String> instants = new ArrayList<>();
        for (int i = 0; i < minutes; i++) {
            instants.add(from.plusMinutes(i).toInstant().toString());
        }
        return instants;
    }

    @Test
    void hourThatStandsThereTwiceIsBothHours() {
        List<String> stamps =
                List.of(
                        "2020-11-01T00:00",
                        "2020-11-01T01:00",
                        "2020-11-01T01:00",
                        "2020-11-01T02:00");
        assertThat(read(Timeframe.H1, NEW_YORK, stamps).times())
                .containsExactly(
                        "2020-11-01T04:00:00Z",
                        "2020-11-01T05:00:00Z",
                        "2020-11-01T06:00:00Z",
                        "2020-11-01T07:00:00Z");
    }

    @Test
    void hourThatStandsThereOnceIsRefusedAndItsNeighboursAreNot() {
        List<String> stamps = List.of("2020-11-01T00:00", "2020-11-01T01:00", "2020-11-01T02:00");
        Received received = read(Timeframe.H1, NEW_YORK, stamps);
        assertThat(received.times())
                .containsExactly("2020-11-01T04:00:00Z", "2020-11-01T07:00:00Z");
        assertThat(received.refused)
                .containsExactly(new Refused(3, "2020-11-01T01:00,1,1,1,1", TWICE));
    }

    @Test
    void rowThatStandsThereTwiceIsNoSecondPass() {
        List<String> stamps = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            stamps.add("2020-11-01T01:%02d".formatted(minute));
        }
        stamps.addFirst("2020-11-01T00:59");
        stamps.add(11, "2020-11-01T01:10");
        Received received = read(Timeframe.M1, NEW_YORK, stamps);
        assertThat(received.times()).containsExactly("2020-11-01T04:59:00Z");
        assertThat(received.refused).hasSize(61).extracting(Refused::reason).containsOnly(TWICE);
    }

    @Test
    void barLongerThanAPassIsNotThereTwice() {
        List<String> stamps = List.of("2020-10-31T21:00", "2020-11-01T01:00", "2020-11-01T01:00");
        assertThat(read(Timeframe.H4, NEW_YORK, stamps).refused)
                .extracting(Refused::reason)
                .containsExactly(TWICE, TWICE);
    }

    @Test
    void fileThatHoldsNothingButTheDoubtfulHoursIsRefused() {
        List<String> stamps = List.of("2020-11-01T01:00", "2020-11-01T01:00");
        assertThat(read(Timeframe.H1, NEW_YORK, stamps).refused)
                .extracting(Refused::reason)
                .containsExactly(TWICE, TWICE);
    }

    /// Midnight of 2018-11-04 was never shown in São Paulo; a day needs no midnight.
    @Test
    void dayIsADateWhateverTheClockDoes() {
        List<String> stamps = List.of("2018-11-03T00:00", "2018-11-04T00:00", "2018-11-05");
        assertThat(read(Timeframe.D1, "America/Sao_Paulo", stamps).times())
                .containsExactly(
                        "2018-11-03T00:00:00Z", "2018-11-04T00:00:00Z", "2018-11-05T00:00:00Z");
    }

    /// Midnight in New York is 04:00 UTC in summer and 05:00 in winter.
    @Test
    void midnightOfItsOwnOrOfTheGivenZoneStandsForItsDate() {
        assertThat(read(Timeframe.D1, "UTC", List.of("2020-04-17T00:00:00-04:00")).times())
                .containsExactly("2020-04-17T00:00:00Z");
        List<String> stamps = List.of("1587096000", "1579496400");
        assertThat(read(Timeframe.D1, NEW_YORK, stamps).times())
                .containsExactly("2020-04-17T00:00:00Z", "2020-01-20T00:00:00Z");
    }
}
