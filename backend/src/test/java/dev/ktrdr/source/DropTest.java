package dev.ktrdr.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropTest {

    @TempDir Path inbox;

    private Drop drop(String place) throws IOException {
        return Drop.of(inbox, inbox.resolve(place));
    }

    @ParameterizedTest
    @CsvSource({
        "SPX_1d.csv, SPX 1d",
        "SPX-1d.csv.gz, SPX 1d",
        "SPX_1d, SPX 1d",
        "BTC_USDT-5m.json, BTC/USDT 5m",
        "BTC_USDT_5m.parquet, BTC/USDT 5m",
        "BTCUSDT-1m-2024-01.zip, BTCUSDT 1m",
        "BRK.B_1d.csv, BRK.B 1d",
        "%5EGSPC_1w.csv, ^GSPC 1w",
        "A%5FB_1h.csv, A_B 1h",
        "A%24_1h.csv, A$ 1h",
        "ES-F_1M.csv, ES-F 1M",
        "ES-F_1mo.csv, ES-F 1M",
        "SPX/1d/part 1.csv, SPX 1d",
        "BTC%2FUSDT/1mo/SPX_1d.csv, BTC/USDT 1M",
        "SPX/SPX_1d.csv, SPX 1d",
        "a/b/c/SPX_1d.csv, SPX 1d",
    })
    void nameOrFoldersSayWhichSeriesItIs(String place, String name) throws IOException {
        assertThat(drop(place).name()).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prices.csv", "SPX.csv", "_1d.csv", "1d.csv", "SPX_9d.csv", "SPX_1D.csv"})
    void nameWithoutASeriesIsRefusedWithWhatToDo(String place) {
        assertThatThrownBy(() -> drop(place))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("call it SYMBOL_TIMEFRAME.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2E%2E%2Fetc_1d.csv", "a b_1d.csv", "%00_1d.csv", "SPX/9d/x.csv"})
    void seriesThatCannotBeOneIsRefused(String place) {
        assertThatThrownBy(() -> drop(place)).isInstanceOf(StoreException.class);
    }

    @Test
    void optionsBesideSayMoreAndSayItOver() throws IOException {
        Files.writeString(
                inbox.resolve("x.csv.options.json"),
                "{'symbol':'EURUSD','timeframe':'1h','zone':'Europe/Berlin','unit':null}"
                        .replace('\'', '"'));
        Drop drop = drop("x.csv");
        assertThat(drop.name()).hasToString("EURUSD 1h");
        assertThat(drop.options()).isEqualTo(Map.of("zone", "Europe/Berlin"));
    }

    @Test
    void optionsMayNameOnlyWhatTheNameLacks() throws IOException {
        Files.writeString(inbox.resolve("SPX_1d.csv.options.json"), "{\"timeframe\":\"1w\"}");
        assertThat(drop("SPX_1d.csv").name()).hasToString("SPX 1w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"zone\":", "{\"zone\":1,\"zone\":2}", "{} {}"})
    void optionsThatAreNoObjectAreRefused(String text) throws IOException {
        Files.writeString(inbox.resolve("SPX_1d.csv.options.json"), text);
        assertThatThrownBy(() -> drop("SPX_1d.csv"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("SPX_1d.csv.options.json is no JSON object");
    }
}
