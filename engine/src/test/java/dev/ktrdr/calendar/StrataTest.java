package dev.ktrdr.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A second opinion on holidays: those of OpenGamma Strata 2.12.73, for 2000 to 2024.
///
/// Its dates were written to `strata.txt` by Strata itself. It knows settlement calendars of the
/// places; where an exchange departs from them, the difference is listed with its reason.
class StrataTest {

    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate END = LocalDate.of(2025, 1, 1);

    /// {@return the weekdays on which the two disagree, with our reason or `open`}
    private static List<String> differences(String ours, String theirs) throws IOException {
        TradingCalendar calendar = TradingCalendar.parse(ours).orElseThrow();
        Set<LocalDate> strata = holidays(theirs);
        assertThat(strata).hasSizeGreaterThan(200);
        return FIRST.datesUntil(END)
                .filter(date -> !YearPlan.isWeekend(date))
                .filter(date -> calendar.session(date).isEmpty() != strata.contains(date))
                .map(date -> date + " " + calendar.closure(date).map(Closure::name).orElse("open"))
                .toList();
    }

    private static Set<LocalDate> holidays(String calendar) throws IOException {
        Set<LocalDate> dates = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        StrataTest.class.getResourceAsStream("strata.txt")),
                                StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String[] words = line.split(" ", -1);
                for (int i = 2; i < words.length && words[0].equals(calendar); i++) {
                    dates.add(LocalDate.parse(words[1] + "-" + words[i]));
                }
            }
        }
        return dates;
    }

    /// Strata has the second day of the hurricane only; the exchange was closed on both.
    @Test
    void newYorkAgreesButForTheHurricane() throws IOException {
        assertThat(differences("NYSE", "NYSE")).containsExactly("2012-10-29 Hurricane Sandy");
    }

    @Test
    void londonAgrees() throws IOException {
        assertThat(differences("LSE", "GBLO")).isEmpty();
    }

    /// The exchange could not open on a day on which the banks did.
    @Test
    void tokyoAgreesButForTheFailure() throws IOException {
        assertThat(differences("TSE", "JPTO"))
                .containsExactly("2020-10-01 Failure of the trading system");
    }

    /// The exchange trades on the bank holiday of August and on Labour Day, the first Mondays of
    /// August and October; and it had two days off around Anzac Day that banks had not.
    @Test
    void sydneyAgreesButForBankHolidaysAndAnzacDay() throws IOException {
        List<String> bankHolidays =
                IntStream.range(2000, 2025)
                        .boxed()
                        .flatMap(year -> Stream.of(firstMonday(year, 8), firstMonday(year, 10)))
                        .map(date -> date + " open")
                        .toList();
        assertThat(differences("ASX", "AUSY"))
                .containsAll(bankHolidays)
                .filteredOn(difference -> !bankHolidays.contains(difference))
                .containsExactly("2010-04-26 Anzac Day", "2011-04-26 Easter Tuesday");
    }

    private static LocalDate firstMonday(int year, int month) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
    }
}
