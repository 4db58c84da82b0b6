package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.Timeframe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesNameTest {

    private static Path folder(String symbol) {
        return new SeriesName(symbol, Timeframe.D1).folder();
    }

    @ParameterizedTest
    @CsvSource({
        "SPX, SPX",
        "BTC/USDT, BTC%2FUSDT",
        "BRK.B, BRK.B",
        "^GSPC, %5EGSPC",
        "EUR=X, EUR%3DX",
        "A%2FB, A%252FB",
        ".hidden, %2Ehidden",
        "end., end%2E",
        "a+b, a%2Bb",
        "es_f-1, es_f-1"
    })
    void symbolIsOneFolderThatPeopleCanRead(String symbol, String folder) {
        assertThat(folder(symbol)).isEqualTo(Path.of("timeframe=1d", "symbol=" + folder));
    }

    /// Any printable text: it is either refused, or exactly one folder and back. 20,000 symbols,
    /// fixed seed, with many of the characters that mean something in a path.
    @Test
    void anySymbolIsRefusedOrComesBackFromItsFolder() {
        Random random = new Random(3);
        Map<Path, String> owners = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String symbol = symbol(random);
            try {
                SeriesName name = new SeriesName(symbol, Timeframe.H4);
                Path folder = name.folder();
                assertThat(folder.getNameCount()).isEqualTo(2);
                assertThat(folder.normalize()).isEqualTo(folder);
                assertThat(folder.isAbsolute()).isFalse();
                assertThat(folder.getName(1).toString()).matches("symbol=[A-Za-z0-9_%.-]+");
                assertThat(folder.getName(1).toString().length()).isLessThan(256);
                assertThat(SeriesName.ofFolder(folder)).contains(name);
                String before = owners.putIfAbsent(folder, symbol);
                assertThat(before == null || before.equals(symbol)).as(symbol).isTrue();
            } catch (StoreException refused) {
                assertThat(refused.kind()).isEqualTo(StoreException.Kind.INVALID);
            }
        }
        assertThat(owners.size()).isGreaterThan(5_000);
    }

    private static String symbol(Random random) {
        String risky = "./\\%:*?\"<>|[]{}'`$&;~=+^ \n\u0000é€2fF";
        StringBuilder symbol = new StringBuilder();
        for (int length = random.nextInt(8) + 1; length > 0; length--) {
            boolean any = random.nextInt(3) == 0;
            char c =
                    any
                            ? risky.charAt(random.nextInt(risky.length()))
                            : (char) ('A' + random.nextInt(58));
            symbol.append(c);
        }
        return symbol.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "..", "../x", "A..B", "A B", "A\tB", "A\u0000", "Ä", "😀", "\n"})
    void symbolThatIsNotPrintableOrClimbsIsRefused(String symbol) {
        assertThatThrownBy(() -> new SeriesName(symbol, Timeframe.D1))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("a symbol has 1 to 64 printable ASCII characters");
    }

    @Test
    void symbolHasAtMostSixtyFourCharacters() {
        assertThat(folder("%".repeat(64)).getName(1).toString()).hasSizeLessThan(256);
        assertThatThrownBy(() -> new SeriesName("A".repeat(65), Timeframe.D1))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void unknownTimeframeIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> SeriesName.of("SPX", "1x"))
                .hasMessage(
                        "unknown timeframe '1x'; known: 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 1w"
                                + " 1M");
    }

    @Test
    void namesThatDifferOnlyByCaseAreTwoFolders() {
        assertThat(folder("aapl")).isNotEqualTo(folder("AAPL"));
        assertThat(SeriesName.of("A", "1m").folder())
                .isNotEqualTo(SeriesName.of("A", "1M").folder());
    }

    /// So they differ on a disk that knows no upper and lower case, too.
    @Test
    void monthsLieInAFolderThatDiffersFromThatOfMinutesInMoreThanCase() {
        Path folder = SeriesName.of("A", "1M").folder();
        assertThat(folder).isEqualTo(Path.of("timeframe=1mo", "symbol=A"));
        assertThat(SeriesName.ofFolder(folder)).contains(SeriesName.of("A", "1M"));
        assertThat(SeriesName.ofFolder(Path.of("timeframe=1M", "symbol=A"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeframe=1d",
                "timeframe=1d/symbol=A/deeper",
                "timeframe=1x/symbol=A",
                "timeframe=1d/symbol=",
                "timeframe=1d/A",
                "symbol=A/timeframe=1d",
                "timeframe=1d/symbol=%",
                "timeframe=1d/symbol=%ZZ",
                "timeframe=1d/symbol=A%00B",
                "timeframe=1d/symbol=%2E%2E",
                "timeframe=1d/symbol=%53PX"
            })
    void folderThatNoSymbolHasIsNoSeries(String folder) {
        assertThat(SeriesName.ofFolder(Path.of(folder))).isEmpty();
    }
}
