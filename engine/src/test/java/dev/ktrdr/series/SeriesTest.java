package dev.ktrdr.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void changingTheSourceArrayChangesNothing() {
        double[] source = {1, 2, 3};
        Series series = Series.of(source);
        source[0] = 99;
        series.toArray()[1] = 99;
        assertThat(series).isEqualTo(Series.of(1, 2, 3));
    }

    @Test
    void twoSeriesWithHolesAtTheSamePlaceAreEqual() {
        assertThat(Series.of(Double.NaN, 2)).isEqualTo(Series.of(Double.NaN, 2));
    }

    @Test
    void sliceKeepsOrderAndEndsBeforeItsEnd() {
        assertThat(Series.of(1, 2, 3, 4).slice(1, 3)).isEqualTo(Series.of(2, 3));
    }

    @Test
    void sliceOutsideIsRefusedByItsRange() {
        assertThatThrownBy(() -> Series.of(1, 2).slice(1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("range must lie in 0 to 2, was 1 to 3");
    }
}
