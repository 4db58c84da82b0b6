package dev.ktrdr.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.Instrument.Kind;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentsTest {

    private static final Instrument SPX =
            new Instrument(
                    "SPX",
                    Kind.INDEX,
                    "S&P 500",
                    TradingCalendar.parse("NYSE").orElseThrow(),
                    "USD",
                    0.01,
                    0,
                    CostModel.ofKind(Kind.INDEX),
                    false,
                    true);

    @ParameterizedTest
    @CsvSource({
        "BTC/USDT, CRYPTO, 24/7, USDT",
        "BTC/USDT:USDT, CRYPTO, 24/7, USDT",
        "BTC/EUR, CRYPTO, 24/7, EUR",
        "1INCH/USDT, CRYPTO, 24/7, USDT",
        "EURUSD, FOREX, FX, USD",
        "EUR/USD, FOREX, FX, USD",
        "XAUUSD, FOREX, FX, USD",
        "AAPL, OTHER, WEEKDAYS, XXX",
        "BRK.B, OTHER, WEEKDAYS, XXX",
        "BRK/B, OTHER, WEEKDAYS, XXX",
        "^GSPC, OTHER, WEEKDAYS, XXX",
        "GOOGLE, OTHER, WEEKDAYS, XXX",
        "eurusd, OTHER, WEEKDAYS, XXX",
    })
    void symbolThatNobodyDescribedIsGuessed(
            String symbol, Kind kind, String calendar, String currency) {
        Instrument guess = Instruments.none().of(symbol);
        assertThat(guess.kind()).isEqualTo(kind);
        assertThat(guess.calendar().id()).isEqualTo(calendar);
        assertThat(guess.currency()).isEqualTo(currency);
        assertThat(guess.known()).isFalse();
    }

    @Test
    void describedInstrumentIsFoundAsItIs() {
        Instruments instruments = Instruments.of(List.of(SPX));
        assertThat(instruments.of("SPX")).isSameAs(SPX);
        assertThat(instruments.listed()).containsExactly(SPX);
    }

    @Test
    void symbolListedTwiceIsRefused() {
        assertThatThrownBy(() -> Instruments.of(List.of(SPX, SPX)))
                .hasMessage("a symbol must be listed once, SPX is there twice");
    }

    /// A pip is 0.0001 dollars and 0.01 yen.
    @Test
    void currencyPairCostsOnePip() {
        Instruments none = Instruments.none();
        assertThat(none.of("EURUSD").costs().spread()).isCloseTo(0.0001, Offset.offset(1e-12));
        assertThat(none.of("USDJPY").costs().spread()).isCloseTo(0.01, Offset.offset(1e-12));
        assertThat(none.of("EURUSD").costs().commissionRate()).isZero();
    }

    @Test
    void costThatIsNoNumberIsRefusedByName() {
        assertThatThrownBy(() -> new CostModel(0, 0, 0, Double.NaN, 0))
                .hasMessage("slippageRate must be 0 or more, was NaN");
        assertThatThrownBy(() -> new CostModel(-1, 0, 0, 0, 0))
                .hasMessage("commissionRate must be 0 or more, was -1.0");
    }
}
