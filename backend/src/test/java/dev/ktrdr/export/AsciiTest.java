package dev.ktrdr.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiTest {

    private interface Part {
        void write(Ascii text) throws IOException;
    }

    private static String written(Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Ascii text = new Ascii(bytes);
        part.write(text);
        text.flush();
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "1, 1.0",
        "0.5, 0.5",
        "0.05, 0.05",
        "0.00000001, 0.00000001",
        "2874.56, 2874.56",
        "-37.63, -37.63",
        "-0.01, -0.01",
        "88000000, 88000000.0",
        "123456789012345, 123456789012345.0",
        "0.1000000001, 0.1000000001",
        "1e300, 1.0E300",
        "4.9e-324, 4.9E-324"
    })
    void numberHasTheFewestDigits(double value, String text) throws IOException {
        assertThat(written(out -> out.number(value))).isEqualTo(text);
    }

    /// The JDK writes the shortest decimal since version 19 (R. Giulietti); ours may only differ in
    /// where the exponent begins.
    @Test
    void noDigitIsLostAndNoneIsMoreThanTheJdkNeeds() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double unit = Math.pow(10, random.nextInt(12));
            double value =
                    i % 2 == 0
                            ? Math.rint(random.nextDouble() * unit * 100) / 100
                            : (random.nextDouble() - 0.5) * unit;
            String text = written(out -> out.number(value));
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            if (!Double.toString(value).contains("E")) {
                assertThat(text).isEqualTo(Double.toString(value));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2020-04-17T14:30:00Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:00Z",
        "1789-05-17T00:00:00Z",
        "2099-12-31T23:59:59Z"
    })
    void stampIsTheInstantInUtc(String stamp) throws IOException {
        long micros = Instant.parse(stamp).getEpochSecond() * 1_000_000;
        assertThat(written(out -> out.stamp(micros))).isEqualTo(stamp);
    }

    @Test
    void moreThanTheBufferPassesInOrder() throws IOException {
        String text =
                written(
                        out -> {
                            for (int i = 0; i < 50_000; i++) {
                                out.number(i).text('\n');
                            }
                        });
        assertThat(text).hasLineCount(50_000).startsWith("0.0\n1.0\n").endsWith("\n49999.0\n");
    }
}
