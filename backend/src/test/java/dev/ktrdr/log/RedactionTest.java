package dev.ktrdr.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "token=abc                       | token=********",
                "?a=1&token=abc&b=2              | ?a=1&token=********&b=2",
                "{\"password\": \"abc\"}         | {\"password\": \"********\"}",
                "{'secret':'abc'}                | {'secret':'********'}",
                "KTRDR_API_TOKEN=abc             | KTRDR_API_TOKEN=********",
                "X-Api-Key: abc                  | X-Api-Key: ********",
                "PASSWD = abc                    | PASSWD = ********",
                "Authorization: Bearer abcdef    | Authorization: Bearer ********",
                "authorization: basic YWJjOmRlZg== | authorization: basic ********",
                "sent bearer abcdef.ghi-_~+/=    | sent bearer ********",
                "Cookie: a                       | Cookie: ********"
            })
    void secretsAreMasked(String text, String masked) {
        assertThat(Redaction.of(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the token lies in data/secrets/api-token",
                "the bearer of news",
                "tokens are counted",
                "passwords none here",
                "GET /api/v1/data/SPX/1d 200"
            })
    void ordinaryTextIsLeftAlone(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    /// A long secret must not be masked at its beginning alone.
    @Test
    void longSecretIsMaskedToItsEnd() {
        String secret = "s".repeat(20_000);
        assertThat(Redaction.of("token=" + secret + " end")).isEqualTo("token=******** end");
        assertThat(Redaction.of("Bearer " + secret + " end")).isEqualTo("Bearer ******** end");
    }

    @Test
    void everySecretOfATextIsMasked() {
        assertThat(Redaction.of("token=a, password=b; secret=c"))
                .isEqualTo("token=********, password=********; secret=********");
    }

    static List<String> hostile() {
        int size = 1_000_000;
        return List.of(
                "a".repeat(size),
                "token".repeat(size / 5),
                "token ".repeat(size / 6),
                "token=".repeat(size / 6),
                "token=" + "a".repeat(size),
                "token=\"".repeat(size / 7),
                "api_".repeat(size / 4),
                "bearer ".repeat(size / 7),
                "bearer " + "a".repeat(size),
                "bearer  bea".repeat(size / 11),
                " ".repeat(size),
                "password   =   ".repeat(size / 15),
                "\"".repeat(size));
    }

    /// A quadratic pattern would take hours; a linear one takes some hundredths of a second.
    @ParameterizedTest
    @MethodSource("hostile")
    void megabyteOfHostileTextTakesLinearTime(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> Redaction.of(text));
    }
}
