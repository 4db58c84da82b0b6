package dev.ktrdr.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarGrid;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.CostModel;
import dev.ktrdr.market.ExpectedBars;
import dev.ktrdr.market.Filling;
import dev.ktrdr.market.Instrument;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.QualityReport.ClosedDay;
import dev.ktrdr.quality.QualityReport.Gap;
import dev.ktrdr.quality.QualityReport.StaleRun;
import dev.ktrdr.quality.QualityReport.SuspiciousReturn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {

    static Instrument instrument(TradingCalendar calendar) {
        return new Instrument(
                "X",
                Instrument.Kind.OTHER,
                "X",
                calendar,
                "USD",
                0,
                0,
                CostModel.free(),
                false,
                true);
    }

    private static Instrument on(String calendar) {
        return instrument(TradingCalendar.parse(calendar).orElseThrow());
    }

    private static long micros(String instant) {
        return Timeframe.micros(Instant.parse(instant));
    }

    /// {@return a bar wherever the calendar expects one, unless it is left out; no two alike}
    private static Bars expected(
            BarGrid grid, String from, String to, LongPredicate leftOut, Random random) {
        BarBuffer buffer = new BarBuffer(BarRules.of(grid.timeframe()));
        ExpectedBars walk = grid.expected(micros(from));
        for (; walk.time() < micros(to); walk.next()) {
            if (!leftOut.test(walk.time())) {
                double price = 100 + random.nextDouble();
                buffer.add(walk.time(), price, price, price, price, 1);
            }
        }
        return buffer.bars();
    }

    private static Bars expected(
            String timeframe, String calendar, String from, String to, LongPredicate leftOut) {
        BarGrid grid =
                BarGrid.of(
                        Timeframe.parse(timeframe).orElseThrow(),
                        TradingCalendar.parse(calendar).orElseThrow());
        return expected(grid, from, to, leftOut, new Random(1));
    }

    private static LongPredicate between(String from, String to) {
        return time -> micros(from) <= time && time < micros(to);
    }

    private static QualityReport report(Bars bars, String calendar) {
        return Quality.of(List.of(bars), on(calendar));
    }

    /// The cases of the original's gap classifier, each with one thing left out of June or January
    /// 2024: a weekend, Martin Luther King Jr. Day, four days without an excuse, a night.
    @ParameterizedTest
    @CsvSource({
        "1d, NYSE, 2024-01-03, 2024-01-09, 2024-01-01, 2024-01-01, 1, 0, 0, 0, 0",
        "1d, NYSE, 2024-01-12, 2024-01-17, 2024-01-01, 2024-01-01, 0, 1, 0, 0, 0",
        "1d, NYSE, 2024-06-07, 2024-06-15, 2024-06-10, 2024-06-14, 0, 0, 0, 1, 4",
        "1h, NYSE, 2024-06-03, 2024-06-05, 2024-06-01, 2024-06-01, 0, 0, 1, 0, 0",
        "1h, FX, 2024-06-06, 2024-06-11, 2024-06-01, 2024-06-01, 1, 0, 0, 0, 0",
        "1m, TSE, 2024-06-06, 2024-06-07, 2024-06-01, 2024-06-01, 0, 0, 1, 0, 0",
        "1m, 24/7, 2024-06-06, 2024-06-11, 2024-06-01, 2024-06-01, 0, 0, 0, 0, 0",
    })
    void gapHasOneReason(
            String timeframe,
            String calendar,
            String from,
            String to,
            String outFrom,
            String outTo,
            long weekend,
            long holiday,
            long session,
            long unexpected,
            long missing) {
        String midnight = "T00:00:00Z";
        Bars bars =
                expected(
                        timeframe,
                        calendar,
                        from + midnight,
                        to + midnight,
                        between(outFrom + midnight, outTo + midnight));
        QualityReport report = report(bars, calendar);
        assertThat(report.gaps().weekend()).isEqualTo(weekend);
        assertThat(report.gaps().holiday()).isEqualTo(holiday);
        assertThat(report.gaps().session()).isEqualTo(session);
        assertThat(report.gaps().unexpected().total()).isEqualTo(unexpected);
        assertThat(report.expected() - report.present()).isEqualTo(missing);
    }

    /// The original's counts for a gap of two hours.
    @ParameterizedTest
    @CsvSource({"1h, 2", "5m, 24"})
    void twoHoursAreSoManyBars(String timeframe, long bars) {
        String from = "2024-06-06T10:00:00Z";
        String to = "2024-06-06T12:00:00Z";
        Bars given =
                expected(
                        timeframe,
                        "24/7",
                        "2024-06-06T00:00:00Z",
                        "2024-06-07T00:00:00Z",
                        between(from, to));
        assertThat(report(given, "24/7").gaps().unexpected())
                .isEqualTo(new Listed<>(1, List.of(new Gap(micros(from), micros(to), bars))));
    }

    @Test
    void closedDayIsNamed() {
        Bars bars =
                expected("1m", "NYSE", "2012-10-26T00:00:00Z", "2012-11-01T00:00:00Z", _ -> false);
        assertThat(report(bars, "NYSE").closedDays().items())
                .containsExactly(
                        new ClosedDay(LocalDate.parse("2012-10-29"), "Hurricane Sandy"),
                        new ClosedDay(LocalDate.parse("2012-10-30"), "Hurricane Sandy"));
    }

    @Test
    void barOutsideTheSessionIsToldWithItsTime() {
        Bars bars =
                expected(
                        "1h",
                        "WEEKDAYS",
                        "2024-06-07T00:00:00Z",
                        "2024-06-11T00:00:00Z",
                        _ -> false);
        QualityReport report = report(bars, "NYSE");
        assertThat(report.outOfSession().total()).isPositive();
        assertThat(report.outOfSession().items()).contains(micros("2024-06-07T00:00:00Z"));
    }

    @Test
    void barsThatOverlapAreCounted() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.H1));
        for (String time : List.of("00:00", "01:00", "01:30", "02:00", "03:00")) {
            buffer.add(micros("2024-06-06T" + time + ":00Z"), 1, 1, 1, 1, 1);
        }
        QualityReport report = report(buffer.bars(), "24/7");
        assertThat(report.overlaps()).isEqualTo(2);
        assertThat(report.outOfSession().items()).containsExactly(micros("2024-06-06T01:30:00Z"));
        assertThat(report.gaps().unexpected().total()).isZero();
    }

    /// The last bar of the session is cut by its close and does not reach into the evening.
    @Test
    void barCutByTheCloseDoesNotOverlap() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.H1));
        for (String time : List.of("13:30", "18:30", "19:30", "20:00")) {
            buffer.add(micros("2024-06-06T" + time + ":00Z"), 1, 1, 1, 1, 1);
        }
        assertThat(report(buffer.bars(), "NYSE").overlaps()).isZero();
    }

    @Test
    void volumeOfZeroAndNoneAreCountedApart() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1));
        double[] volumes = {0, Double.NaN, 5, 0};
        for (int i = 0; i < volumes.length; i++) {
            buffer.add(i * 60_000_000L, 1, 1, 1, 1, volumes[i]);
        }
        QualityReport report = report(buffer.bars(), "24/7");
        assertThat(report.zeroVolumeShare()).isEqualTo(0.5);
        assertThat(report.missingVolumeShare()).isEqualTo(0.25);
    }

    @Test
    void runOfEqualBarsIsFoundAcrossParts() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1));
        for (int i = 0; i < 20; i++) {
            double price = i >= 7 && i < 13 ? 50 : i + 1;
            buffer.add(i * 60_000_000L, price, price, price, price, 1);
        }
        Bars bars = buffer.bars();
        QualityReport report =
                Quality.of(List.of(bars.slice(0, 10), bars.slice(10, 20)), on("24/7"));
        assertThat(report.staleRuns())
                .isEqualTo(new Listed<>(1, List.of(new StaleRun(7 * 60_000_000L, 6))));
    }

    /// A price ten times too high for one bar is two suspicious returns, up and down.
    @Test
    void spikeIsSuspiciousAndTheNightIsNot() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M5));
        Random random = new Random(3);
        ExpectedBars walk =
                BarGrid.of(Timeframe.M5, TradingCalendar.parse("NYSE").orElseThrow())
                        .expected(micros("2024-01-02T00:00:00Z"));
        double level = 100;
        LocalDate date = LocalDate.EPOCH;
        for (int i = 0; i < 78 * 60; i++, walk.next()) {
            if (!Timeframe.utcDate(walk.time()).equals(date)) {
                date = Timeframe.utcDate(walk.time());
                level *= Math.exp(0.02 * random.nextGaussian());
            }
            double price = level * Math.exp(0.0005 * random.nextGaussian()) * (i == 1000 ? 10 : 1);
            buffer.add(walk.time(), price, price, price, price, 1);
        }
        Bars bars = buffer.bars();
        QualityReport report = report(bars, "NYSE");
        assertThat(report.suspiciousReturns().total()).isEqualTo(2);
        assertThat(report.suspiciousReturns().items())
                .extracting(SuspiciousReturn::time)
                .containsExactlyInAnyOrder(bars.time(1000), bars.time(1001));
        assertThat(report.suspiciousReturns().items().getFirst().close())
                .isEqualTo(bars.close().at(1000));
    }

    @Test
    void fillingDoesNotMakeTheReportBetter() {
        Bars bars =
                expected(
                        "5m",
                        "NYSE",
                        "2024-06-03T00:00:00Z",
                        "2024-06-08T00:00:00Z",
                        between("2024-06-05T15:00:00Z", "2024-06-05T16:00:00Z"));
        QualityReport before = report(bars, "NYSE");
        QualityReport after =
                report(Filling.of(bars, TradingCalendar.parse("NYSE").orElseThrow(), 100), "NYSE");
        assertThat(after.synthetic()).isEqualTo(12);
        assertThat(after.bars()).isEqualTo(before.bars() + 12);
        assertThat(after.coverage()).isEqualTo(before.coverage()).isLessThan(1);
        assertThat(after.gaps()).isEqualTo(before.gaps());
        assertThat(after.staleRuns()).isEqualTo(before.staleRuns());
    }

    @Test
    void seriesWithoutBarsIsRefused() {
        Bars none = Bars.none(BarRules.of(Timeframe.D1));
        assertThatThrownBy(() -> report(none, "NYSE"))
                .hasMessage("a series must have at least one bar, was empty");
    }

    /// What the calendar expects is no gap: not a weekend, not a night, not a holiday.
    @Property(tries = 400)
    void weekendIsNeverAnUnexpectedGap(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll Timeframe timeframe,
            @ForAll @IntRange(min = 1990, max = 2099) int year,
            @ForAll @IntRange(min = 1, max = 12) int month) {
        TradingCalendar calendar = TradingCalendar.all().get(which);
        BarGrid grid = BarGrid.of(timeframe, calendar);
        String from = "%d-%02d-03T00:00:00Z".formatted(year, month);
        String to = "%d-%02d-25T00:00:00Z".formatted(year, month);
        Bars bars = expected(grid, from, to, _ -> false, new Random(5));
        if (bars.count() == 0) {
            return; // a month that began earlier
        }
        QualityReport report = Quality.of(List.of(bars), instrument(calendar));
        assertThat(report.gaps().unexpected().total()).isZero();
        assertThat(report.outOfSession().total()).isZero();
        assertThat(report.overlaps()).isZero();
        assertThat(report.coverage()).isEqualTo(1);
    }

    /// Parts are a matter of memory and not of result.
    @Property(tries = 100)
    void partsMakeNoDifference(@ForAll long seed) {
        Random random = new Random(seed);
        BarGrid grid = BarGrid.of(Timeframe.M15, TradingCalendar.parse("LSE").orElseThrow());
        Bars bars =
                expected(
                        grid,
                        "2023-12-20T00:00:00Z",
                        "2024-01-10T00:00:00Z",
                        _ -> random.nextInt(8) == 0,
                        random);
        int cut = random.nextInt(bars.count());
        List<Bars> parts = List.of(bars.slice(0, cut), bars.slice(cut, bars.count()));
        assertThat(Quality.of(parts, on("LSE"))).isEqualTo(Quality.of(List.of(bars), on("LSE")));
    }
}
