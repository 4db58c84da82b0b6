package dev.ktrdr.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private final Map<String, String> environment = new HashMap<>();

    private Address address(String given) {
        return Address.of(Machine.with(Path.of("/"), environment), given);
    }

    @Test
    void withoutAnySettingItIsPort8000OfThisMachine() {
        assertThat(address("")).hasToString("http://127.0.0.1:8000");
    }

    @Test
    void portOfTheEnvironmentIsThatOfThisMachine() {
        environment.put("KTRDR_PORT", "9001");
        assertThat(address("")).hasToString("http://127.0.0.1:9001");
    }

    @Test
    void addressOfTheEnvironmentComesBeforeThePortAndTheOptionBeforeBoth() {
        environment.put("KTRDR_PORT", "9001");
        environment.put("KTRDR_URL", "https://trade.example/ktrdr/");
        assertThat(address("")).hasToString("https://trade.example/ktrdr");
        assertThat(address("http://other:1")).hasToString("http://other:1");
    }

    @Test
    void emptyVariablesCountAsUnset() {
        environment.put("KTRDR_PORT", "");
        environment.put("KTRDR_URL", " ");
        assertThat(address("")).hasToString("http://127.0.0.1:8000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8000",
                "ftp://h",
                "http://",
                "http://h:99999",
                "http://h:0",
                "http://h/?q=1",
                "http://h/#f",
                "http://a b"
            })
    void whatIsNoAddressOfAServiceIsRefusedByValue(String text) {
        assertThatThrownBy(() -> address(text))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "the address of the service must be like http://127.0.0.1:8000, was "
                                + text);
    }

    @Test
    void passwordInAnAddressIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> address("http://joe:hunter2@h:8000"))
                .hasMessageContaining("must not hold a user or password")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, true",
        "http://127.0.0.1:8000, true",
        "http://127.9.9.9, true",
        "http://[::1]:8000, true",
        "http://127.0.0.1.example, false",
        "http://localhost.example, false",
        "http://10.0.0.1, false"
    })
    void loopbackIsToldFromOtherMachines(String url, boolean loopback) {
        assertThat(address(url).isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({
        "SPX, SPX",
        "BRK.B, BRK.B",
        "BTC/USDT, BTC%2FUSDT",
        "^GSPC, %5EGSPC",
        "../../etc/passwd, ..%2F..%2Fetc%2Fpasswd",
        "a b?c#d%2e;e&f=g+h, a%20b%3Fc%23d%252e%3Be%26f%3Dg%2Bh",
        "é, %C3%A9"
    })
    void segmentIsEncodedWhateverItHolds(String text, String encoded) {
        assertThat(Address.segment(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void segmentThatIsAFolderIsRefused(String text) {
        assertThatThrownBy(() -> Address.segment(text)).hasMessage("not a name: '" + text + "'");
    }

    /// Under LC_ALL=C the JVM replaces each byte beyond ASCII before the command sees it.
    @Test
    void nameThatTheLocaleLostIsRefused() {
        assertThatThrownBy(() -> Address.segment("\ufffd\ufffd"))
                .hasMessageContaining("set LC_ALL=C.UTF-8");
    }

    @Test
    void queryLeavesOutWhatIsEmptyAndEncodesTheRest() {
        assertThat(Address.query("start", "", "end", "2024-01-31T00:00:00Z", "q", "a&b"))
                .isEqualTo("?end=2024-01-31T00%3A00%3A00Z&q=a%26b");
        assertThat(Address.query("start", "")).isEmpty();
    }
}
