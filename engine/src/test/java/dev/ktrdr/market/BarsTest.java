package dev.ktrdr.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.series.Series;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BarsTest {

    private static final long MINUTE = 60_000_000;
    private static final BarRules RULES = BarRules.of(Timeframe.M1);

    private static Bars two(long second) {
        Series one = Series.of(1, 1);
        return Bars.of(RULES, new long[] {0, second}, one, one, one, one, Series.of(Double.NaN, 5));
    }

    private static Optional<String> flaw(
            double open, double high, double low, double close, double volume) {
        return RULES.flaw(0, open, high, low, close, volume);
    }

    @Test
    void missingVolumeIsAllowedAndStaysMissing() {
        assertThat(two(MINUTE).volume().at(0)).isNaN();
    }

    @Test
    void timeThatStandsStillIsRefusedWithItsRow() {
        assertThatThrownBy(() -> two(0))
                .hasMessage("row 1: time must be after the time of the row before");
    }

    @Test
    void columnsOfDifferentLengthAreRefused() {
        Series one = Series.of(1);
        assertThatThrownBy(() -> Bars.of(RULES, new long[] {0, 1}, one, one, one, one, one))
                .hasMessage("columns must be of one length, one has 1 rows and there are 2 times");
    }

    @Test
    void notANumberIsNeverAPrice() {
        assertThat(flaw(1, Double.NaN, 1, 1, 0)).isPresent();
        assertThat(flaw(Double.NaN, 2, 1, 1, 0)).isPresent();
        assertThat(flaw(1, 2, Double.NaN, 1, 0)).isPresent();
        assertThat(flaw(1, 2, 1, Double.NaN, 0)).isPresent();
        assertThat(flaw(1, Double.POSITIVE_INFINITY, 1, 1, 0)).isPresent();
    }

    /// A bar is whatever its high and low enclose; everything else has a flaw.
    @Property
    void highAndLowMustEncloseOpenAndClose(
            @ForAll @DoubleRange(min = 0.01, max = 100) double open,
            @ForAll @DoubleRange(min = 0.01, max = 100) double high,
            @ForAll @DoubleRange(min = 0.01, max = 100) double low,
            @ForAll @DoubleRange(min = 0.01, max = 100) double close) {
        boolean encloses = low <= open && low <= close && open <= high && close <= high;
        assertThat(flaw(open, high, low, close, 0).isEmpty()).isEqualTo(encloses);
    }

    @Test
    void minuteAndMonthDifferByCase() {
        assertThat(Timeframe.parse("1m")).contains(Timeframe.M1);
        assertThat(Timeframe.parse("1M")).contains(Timeframe.MONTH);
        assertThat(Timeframe.parse("1D")).isEmpty();
    }
}
