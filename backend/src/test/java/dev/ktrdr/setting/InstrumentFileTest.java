package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.Project;
import dev.ktrdr.market.CostModel;
import dev.ktrdr.market.Instrument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentFileTest {

    @TempDir private Path folder = Path.of("");

    private InstrumentFile read(String text) throws IOException {
        return InstrumentFile.read(Files.writeString(folder.resolve("instruments.yaml"), text));
    }

    @Test
    void everythingThatIsSaidIsRead() throws IOException {
        InstrumentFile file =
                read(
                        """
                        CL-SPREAD:
                          kind: Future
                          name: Crude oil, calendar spread
                          calendar: nyse
                          currency: USD
                          tick-size: 0.01
                          lot-size: 1
                          signed: true
                          costs: {commission-per-unit: 1.5, slippage-rate: 1e-4}
                        """);
        assertThat(file.problems()).isEmpty();
        Instrument instrument = file.instruments().of("CL-SPREAD");
        assertThat(instrument.kind()).isEqualTo(Instrument.Kind.FUTURE);
        assertThat(instrument.name()).isEqualTo("Crude oil, calendar spread");
        assertThat(instrument.calendar().id()).isEqualTo("NYSE");
        assertThat(instrument.currency()).isEqualTo("USD");
        assertThat(instrument.tickSize()).isEqualTo(0.01);
        assertThat(instrument.lotSize()).isEqualTo(1);
        assertThat(instrument.costs()).isEqualTo(new CostModel(0, 1.5, 0, 0.0001, 0));
        assertThat(instrument.signed()).isTrue();
        assertThat(instrument.known()).isTrue();
    }

    @Test
    void whatIsNotSaidIsGuessedFromTheSymbol() throws IOException {
        Instrument euro = read("EURUSD: {name: Euro}").instruments().of("EURUSD");
        assertThat(euro.kind()).isEqualTo(Instrument.Kind.FOREX);
        assertThat(euro.calendar().id()).isEqualTo("FX");
        assertThat(euro.known()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n", "# nothing\n"})
    void emptyFileDescribesNothing(String text) throws IOException {
        InstrumentFile file = read(text);
        assertThat(file.instruments().listed()).isEmpty();
        assertThat(file.problems()).isEmpty();
    }

    @Test
    void missingFileDescribesNothing() {
        InstrumentFile file = InstrumentFile.read(folder.resolve("none.yaml"));
        assertThat(file.instruments().listed()).isEmpty();
        assertThat(file.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{calender: NYSE}|unknown key X.calender; did you mean calendar?",
                "{zzz: 1}|unknown key X.zzz; known: kind, name, calendar, currency, tick-size,"
                        + " lot-size, signed, costs",
                "{kind: stonk}|kind must be one of crypto, forex, stock, etf, index, future,"
                        + " other, was stonk",
                "{calendar: MOON}|calendar must be one of 24/7, FX, FX-NY, WEEKDAYS, NYSE, LSE,"
                        + " XETRA, TSE, ASX, was MOON",
                "{tick-size: -1}|tick-size must be a number of 0 or more, was -1",
                "{tick-size: .nan}|tick-size must be a number of 0 or more, was .nan",
                "{signed: perhaps}|signed must be one of true, false, was perhaps",
                "{costs: {spred: 1}}|unknown key X.costs.spred; did you mean spread?",
                "{costs: 5}|X.costs must be a mapping",
                "{name: [a]}|name must be a word",
                "{name: a, name: b}|name is there twice",
                "index|X must be a mapping"
            })
    void mistakeIsToldWithItsLineAndTheOthersAreUsed(String entry, String message)
            throws IOException {
        InstrumentFile file = read("SPX: {kind: index}\nX: " + entry + "\nY: {kind: etf}\n");
        assertThat(file.problems())
                .containsExactly(new Problem(folder.resolve("instruments.yaml:2") + "", message));
        assertThat(file.instruments().listed())
                .extracting(Instrument::symbol)
                .containsExactly("SPX", "Y");
    }

    @Test
    void fileThatIsNoYamlIsToldWithItsLine() throws IOException {
        InstrumentFile file = read("SPX: {kind: index}\nX: [\n");
        assertThat(file.problems()).singleElement().asString().contains(".yaml:3: not YAML: ");
        assertThat(file.instruments().listed()).isEmpty();
    }

    @Test
    void fileThatIsDeliveredIsRight() {
        InstrumentFile file =
                InstrumentFile.read(Project.root().resolve("config/instruments.yaml"));
        assertThat(file.problems()).isEmpty();
        assertThat(file.instruments().of("SPX").calendar().id()).isEqualTo("NYSE");
    }
}
