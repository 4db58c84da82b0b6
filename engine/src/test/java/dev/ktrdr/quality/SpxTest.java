package dev.ktrdr.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.QualityReport.ClosedDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Twenty years of the S&P 500: each weekday without a bar has a name.
class SpxTest {

    private static Bars bars = Bars.none(BarRules.of(Timeframe.D1));
    private static Set<LocalDate> dates = Set.of();
    private static QualityReport report;

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(System.getProperty("project.root", ".."), "examples/data/SPX_1d.csv");
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.D1));
        List<String> rows = Files.readAllLines(file);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            buffer.add(
                    LocalDate.parse(cells[0]).toEpochDay() * Timeframe.D1.micros(),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[6]));
        }
        bars = buffer.bars();
        dates =
                rows.stream()
                        .skip(1)
                        .map(row -> LocalDate.parse(row.substring(0, 10)))
                        .collect(Collectors.toSet());
        report =
                Quality.of(
                        List.of(bars),
                        QualityTest.instrument(TradingCalendar.parse("NYSE").orElseThrow()));
    }

    /// The file has 5,105 rows; the last one ends without a line feed, so that `wc` sees one less.
    @Test
    void everyBarIsExpectedAndNoneIsMissing() {
        assertThat(report.bars()).isEqualTo(5105);
        assertThat(report.expected()).isEqualTo(5105);
        assertThat(report.coverage()).isEqualTo(1);
        assertThat(report.gaps().unexpected().total()).isZero();
        assertThat(report.outOfSession().total()).isZero();
    }

    /// The weekdays between the first row and the last that the file does not have.
    @Test
    void everyWeekdayWithoutABarIsNamed() {
        List<LocalDate> missing =
                LocalDate.parse("2000-01-03")
                        .datesUntil(LocalDate.parse("2020-04-17"))
                        .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
                        .filter(date -> !dates.contains(date))
                        .toList();
        assertThat(report.closedDays().total()).isEqualTo(missing.size());
        assertThat(report.closedDays().items())
                .extracting(ClosedDay::date)
                .containsExactlyElementsOf(missing);
        assertThat(report.closedDays().items())
                .contains(
                        new ClosedDay(
                                LocalDate.parse("2001-09-12"), "Attacks of 11 September 2001"),
                        new ClosedDay(LocalDate.parse("2012-10-29"), "Hurricane Sandy"),
                        new ClosedDay(LocalDate.parse("2020-04-10"), "Good Friday"));
    }

    @Test
    void everyVolumeIsThere() {
        assertThat(report.zeroVolume()).isZero();
        assertThat(report.missingVolume()).isZero();
        assertThat(report.staleRuns().total()).isZero();
    }

    /// By Python's `statistics.median` over the logarithms of the ratios: these eleven days have a
    /// score beyond 10, the worst -16.588.
    @Test
    void daysOfTheTwoCrashesAreSuspicious() {
        assertThat(report.suspiciousReturns().total()).isEqualTo(11);
        assertThat(report.suspiciousReturns().items())
                .extracting(found -> Timeframe.utcDate(found.time()).toString())
                .containsExactly(
                        "2020-03-16",
                        "2008-10-13",
                        "2008-10-28",
                        "2020-03-12",
                        "2008-10-15",
                        "2008-12-01",
                        "2008-09-29",
                        "2020-03-24",
                        "2020-03-13",
                        "2008-10-09",
                        "2020-03-09");
        assertThat(report.suspiciousReturns().items().getFirst().z())
                .isCloseTo(-16.588, Percentage.withPercentage(0.5));
    }
}
