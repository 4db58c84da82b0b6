package dev.ktrdr.market;

import static dev.ktrdr.market.RandomBars.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.calendar.TradingCalendar;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FillingTest {

    private static final TradingCalendar NYSE = TradingCalendar.parse("NYSE").orElseThrow();

    private static Bars hours(double volume, String... times) {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.H1));
        for (String time : times) {
            buffer.add(micros(time), 10, 12, 9, 11, volume);
        }
        return buffer.bars();
    }

    /// Thursday 19:30 is missing, and the night is no gap.
    @Test
    void gapIsFilledFlatAndMarkedInsideTheSessionOnly() {
        Bars bars =
                hours(5, "2024-03-07T18:30:00Z", "2024-03-07T20:30:00Z", "2024-03-08T14:30:00Z");
        Bars filled = Filling.of(bars, NYSE, 3);
        assertThat(filled.count()).isEqualTo(4);
        assertThat(filled.time(1)).isEqualTo(micros("2024-03-07T19:30:00Z"));
        assertThat(filled.open().at(1)).isEqualTo(11);
        assertThat(filled.high().at(1)).isEqualTo(11);
        assertThat(filled.low().at(1)).isEqualTo(11);
        assertThat(filled.volume().at(1)).isZero();
        assertThat(filled.isSynthetic(1)).isTrue();
        assertThat(filled.syntheticCount()).isEqualTo(1);
    }

    @Test
    void longGapStays() {
        Bars bars = hours(5, "2024-03-07T15:30:00Z", "2024-03-07T18:30:00Z");
        assertThat(Filling.of(bars, NYSE, 1)).isEqualTo(bars);
        assertThat(Filling.of(bars, NYSE, 2).count()).isEqualTo(4);
    }

    @Test
    void volumeIsNotInventedWhereThereIsNone() {
        Bars bars = hours(Double.NaN, "2024-03-07T15:30:00Z", "2024-03-07T17:30:00Z");
        assertThat(Filling.of(bars, NYSE, 1).volume().at(1)).isNaN();
    }

    @Test
    void gapBelowOneIsRefusedByName() {
        assertThatThrownBy(() -> Filling.of(hours(1, "2024-03-07T15:30:00Z"), NYSE, 0))
                .hasMessage("gapBarsMax must be at least 1, was 0");
    }

    /// With no limit nothing is missing any more, the given bars are still there, and a second time
    /// adds nothing.
    @Property(tries = 200)
    void filledSeriesHasNoGapAndAllItsBars(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll Timeframe timeframe,
            @ForAll long seed) {
        Random random = new Random(seed);
        TradingCalendar calendar = TradingCalendar.all().get(which);
        BarGrid grid = BarGrid.of(timeframe, calendar);
        Bars bars = RandomBars.of(grid, micros("2019-12-20T00:00:00Z"), 500, 0.7, random);
        Bars filled = Filling.of(bars, calendar, Integer.MAX_VALUE);
        ExpectedBars expected = grid.expected(bars.time(0));
        for (int i = 0, j = 0; i < filled.count(); i++, expected.next()) {
            assertThat(filled.time(i)).isEqualTo(expected.time());
            if (filled.time(i) == bars.time(j)) {
                assertThat(filled.slice(i, i + 1)).isEqualTo(bars.slice(j, j + 1));
                j++;
            }
        }
        assertThat(Filling.of(filled, calendar, Integer.MAX_VALUE)).isEqualTo(filled);
    }
}
