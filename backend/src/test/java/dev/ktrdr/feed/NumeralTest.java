package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralTest {

    /// The JDK's own parser is the other implementation, and its text comes back to the bit.
    @Test
    void numbersAgreeWithTheJdkToTheBit() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double price = random.nextInt(1, 10_000_000) / 100.0;
            if (Double.isFinite(any)) {
                assertThat(Numeral.parse(Double.toString(any))).isEqualTo(any);
            }
            assertThat(Numeral.parse(Double.toString(price))).isEqualTo(price);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,5", "-0,25", "1e3", "+7", ",5", "7,"})
    void commaCanBeTheDecimalMark(String text) {
        assertThat(new Numeral(',').parse(text.toCharArray(), 0, text.length()))
                .isEqualTo(Double.parseDouble(text.replace(',', '.')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1d",
                "1f",
                "0x1p3",
                "NaN",
                "Infinity",
                "1_000",
                "1 000",
                "1,5",
                "1.5.5",
                "--1",
                "1e",
                "e5",
                "5%",
                "$5",
                "١"
            })
    void textThatOnlySomeTakeForANumberIsNone(String text) {
        assertThat(Numeral.parse(text)).isNaN();
    }

    @Test
    void numberOfAnAbsurdLengthIsNone() {
        assertThat(Numeral.parse("1".repeat(129))).isNaN();
    }
}
