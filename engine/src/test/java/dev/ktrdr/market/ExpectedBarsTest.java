package dev.ktrdr.market;

import static dev.ktrdr.market.RandomBars.grid;
import static dev.ktrdr.market.RandomBars.micros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.calendar.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedBarsTest {

    private static List<String> first(BarGrid grid, String from, int count) {
        ExpectedBars expected = grid.expected(micros(from));
        List<String> times = new ArrayList<>();
        for (int i = 0; i < count; i++, expected.next()) {
            times.add(Timeframe.instant(expected.time()).toString());
        }
        return times;
    }

    /// Every minute is asked for by itself, over a week in which New York, Sydney or London change
    /// their clocks, and over the half days of Christmas.
    @ParameterizedTest
    @CsvSource({
        "NYSE, 2024-03-08T00:00:00Z",
        "NYSE, 2024-12-23T00:00:00Z",
        "LSE, 2024-03-28T00:00:00Z",
        "LSE, 2024-12-23T00:00:00Z",
        "ASX, 2024-04-04T00:00:00Z",
        "TSE, 2024-11-01T00:00:00Z",
        "FX, 2023-12-22T00:00:00Z",
        "FX-NY, 2024-03-08T00:00:00Z",
        "WEEKDAYS, 2024-03-08T00:00:00Z",
        "24/7, 2024-03-08T00:00:00Z",
    })
    void minutesAreThoseInWhichTheMarketIsOpen(String id, String from) {
        TradingCalendar calendar = TradingCalendar.parse(id).orElseThrow();
        long minute = Timeframe.M1.micros();
        long start = micros(from);
        long end = start + 7 * Timeframe.D1.micros();
        List<Long> open = new ArrayList<>();
        for (long time = start; time < end; time += minute) {
            if (calendar.isOpen(time)) {
                open.add(time);
            }
        }
        List<Long> expected = new ArrayList<>();
        ExpectedBars walk = BarGrid.of(Timeframe.M1, calendar).expected(start);
        for (; walk.time() < end; walk.next()) {
            expected.add(walk.time());
        }
        assertThat(expected).isEqualTo(open).hasSizeGreaterThan(700);
    }

    @Test
    void hoursCountFromTheOpenOfTheSession() {
        assertThat(first(grid("2h", "NYSE"), "2024-03-08T00:00:00Z", 5))
                .containsExactly(
                        "2024-03-08T14:30:00Z",
                        "2024-03-08T16:30:00Z",
                        "2024-03-08T18:30:00Z",
                        "2024-03-08T20:30:00Z",
                        "2024-03-11T13:30:00Z");
    }

    /// The bar of Sunday 20:00 has a part of the session that opens at 22:00.
    @Test
    void hoursOfCurrenciesCountFromMidnight() {
        assertThat(first(grid("4h", "FX"), "2024-01-05T16:00:00Z", 4))
                .containsExactly(
                        "2024-01-05T16:00:00Z",
                        "2024-01-05T20:00:00Z",
                        "2024-01-07T20:00:00Z",
                        "2024-01-08T00:00:00Z");
    }

    @Test
    void tokyoHasNoMinutesAtLunch() {
        assertThat(first(grid("30m", "TSE"), "2024-01-05T01:30:00Z", 4))
                .containsExactly(
                        "2024-01-05T01:30:00Z",
                        "2024-01-05T02:00:00Z",
                        "2024-01-05T03:30:00Z",
                        "2024-01-05T04:00:00Z");
        assertThat(first(grid("1h", "TSE"), "2024-01-05T01:00:00Z", 4))
                .containsExactly(
                        "2024-01-05T01:00:00Z",
                        "2024-01-05T02:00:00Z",
                        "2024-01-05T03:00:00Z",
                        "2024-01-05T04:00:00Z");
    }

    @Test
    void daysAreThoseWithASession() {
        assertThat(first(grid("1d", "NYSE"), "2001-09-10T00:00:00Z", 2))
                .containsExactly("2001-09-10T00:00:00Z", "2001-09-17T00:00:00Z");
        assertThat(first(grid("1d", "FX"), "2024-01-05T00:00:00Z", 2))
                .containsExactly("2024-01-05T00:00:00Z", "2024-01-08T00:00:00Z");
        assertThat(first(grid("1d", "ASX"), "2024-01-05T00:00:00Z", 2))
                .containsExactly("2024-01-05T00:00:00Z", "2024-01-08T00:00:00Z");
        assertThat(first(grid("1w", "LSE"), "2024-01-02T00:00:00Z", 2))
                .containsExactly("2024-01-08T00:00:00Z", "2024-01-15T00:00:00Z");
        assertThat(first(grid("1M", "TSE"), "2024-01-01T00:00:00Z", 2))
                .containsExactly("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
    }

    /// A jump lands where single steps do, and counts them.
    @Property(tries = 300)
    void jumpIsAsManySteps(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll Timeframe timeframe,
            @ForAll long seed) {
        BarGrid grid = BarGrid.of(timeframe, TradingCalendar.all().get(which));
        Random random = new Random(seed);
        long from = micros("2000-01-01T00:00:00Z") + random.nextLong(1L << 50);
        ExpectedBars stepped = grid.expected(from);
        ExpectedBars jumping = grid.expected(from);
        int steps = random.nextInt(3000);
        for (int i = 0; i < steps; i++) {
            long before = stepped.time();
            stepped.next();
            assertThat(stepped.time()).isGreaterThan(before);
        }
        assertThat(jumping.skipTo(stepped.time())).isEqualTo(steps);
        assertThat(jumping.time()).isEqualTo(stepped.time());
    }
}
