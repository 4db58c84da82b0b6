package dev.ktrdr.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static Spread of(double... numbers) {
        Spread spread = new Spread();
        Arrays.stream(numbers).forEach(spread::add);
        spread.settle();
        return spread;
    }

    private static double median(double[] numbers) {
        double[] sorted = Arrays.stream(numbers).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /// 1 to 21: median 11, deviations 0, 1, 1, 2, 2 ... 10, 10, their median 5; so the score of 100
    /// is 0.6745 * 89 / 5 = 12.006.
    @Test
    void scoreIsTheDistanceFromTheMedianInMedianDeviations() {
        Spread spread = of(DoubleStream.iterate(1, x -> x + 1).limit(21).toArray());
        assertThat(spread.score(100)).isCloseTo(12.006, Percentage.withPercentage(0.5));
        assertThat(spread.score(11)).isCloseTo(0, Offset.offset(0.01));
    }

    /// 30 zeros, five ones and five minus ones: the median deviation is 0, the mean one 10 / 40, so
    /// the score of 10 is 10 / (1.253314 * 0.25) = 31.915.
    @Test
    void marketThatSeldomMovesIsMeasuredByTheMeanDeviation() {
        double[] numbers = new double[40];
        Arrays.fill(numbers, 0, 5, 1);
        Arrays.fill(numbers, 5, 10, -1);
        assertThat(of(numbers).score(10)).isCloseTo(31.915, Percentage.withPercentage(0.5));
    }

    @Test
    void nothingStandsOutOfAFewOrOfEqualNumbers() {
        assertThat(of(1, 2, 3).score(1000)).isZero();
        assertThat(of(new double[100]).score(1000)).isZero();
    }

    /// Against sorting, for numbers of very different sizes.
    @Property(tries = 200)
    void binsAgreeWithSorting(@ForAll long seed) {
        Random random = new Random(seed);
        double scale = Math.exp(random.nextDouble(-12, 6));
        double shift = random.nextDouble(-1, 1);
        double[] numbers =
                random.doubles(20 + random.nextInt(3000))
                        .map(_ -> scale * (random.nextGaussian() + shift))
                        .toArray();
        double median = median(numbers);
        double deviation = median(Arrays.stream(numbers).map(x -> Math.abs(x - median)).toArray());
        double x = scale * 20;
        assertThat(of(numbers).score(x))
                .isCloseTo(0.6745 * (x - median) / deviation, Percentage.withPercentage(1));
    }
}
