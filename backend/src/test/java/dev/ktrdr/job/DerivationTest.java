package dev.ktrdr.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Filling;
import dev.ktrdr.market.Instruments;
import dev.ktrdr.market.Resampling;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What comes out month by month is what the engine makes of the whole.
class DerivationTest {

    private static final long FROM = Timeframe.micros(Instant.parse("2020-01-20T00:00:00Z"));
    private static final long TO = Timeframe.micros(Instant.parse("2020-04-20T07:30:00Z"));

    @TempDir Path place;

    private DataFolder folder;
    private StateDatabase database;
    private BarLake lake;
    private Derivation derivation;

    @BeforeEach
    void open() throws Exception {
        folder = DataFolder.open(place, "1");
        database = StateDatabase.open(folder.database());
        lake = new BarLake(folder, database, _ -> false, 0);
        derivation = new Derivation(lake, Instruments.none(), InstantSource.system());
    }

    @AfterEach
    void close() {
        lake.close();
        folder.close();
    }

    /// {@return three months of bars while `calendar` is open, of which one in fifty is missing}
    private static Bars walk(Timeframe timeframe, TradingCalendar calendar) {
        Random random = new Random(7);
        BarBuffer bars = new BarBuffer(BarRules.of(timeframe));
        double price = 1.1;
        for (long time = FROM; time < TO; time += timeframe.micros()) {
            double open = price;
            price *= 1 + 0.001 * random.nextGaussian();
            if (calendar.isOpen(time) && random.nextInt(50) > 0) {
                double high = Math.max(open, price) * 1.0001;
                bars.add(time, open, high, Math.min(open, price), price, random.nextInt(100));
            }
        }
        return bars.bars();
    }

    @ParameterizedTest
    @CsvSource({
        "EURUSD, 5m, 1h",
        "EURUSD, 5m, 1d",
        "EURUSD, 15m, 1w",
        "EURUSD, 15m, 1M",
        "EURUSD, 1h, 1d",
        "BTC/USDT, 15m, 4h",
        "BTC/USDT, 15m, 1w",
        "ANY, 15m, 1d"
    })
    void resamplingInPartsIsResamplingTheWhole(String symbol, String fine, String coarse) {
        SeriesName name = SeriesName.of(symbol, fine);
        SeriesName made = SeriesName.of(symbol, coarse);
        TradingCalendar calendar = Instruments.none().of(symbol).calendar();
        Bars bars = walk(name.timeframe(), calendar);
        lake.merge(name, bars, Merge.KEEP);
        Bars whole = Resampling.of(bars, made.timeframe(), calendar).complete();
        assertThat(whole.count()).isPositive();
        assertThat(derivation.resampled(name, made.timeframe())).isEqualTo(whole);
        Derivation.Result result =
                derivation.resample(name, made.timeframe(), Merge.KEEP, Progress.UNSEEN);
        assertThat(result.barsAdded()).isEqualTo(whole.count());
        assertThat(lake.read(made, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(whole);
        assertThat(derivation.resample(name, made.timeframe(), Merge.KEEP, Progress.UNSEEN))
                .matches(again -> again.barsAdded() == 0 && again.barsSame() == whole.count());
        assertThat(database.imports(made).getLast().provenance().source())
                .isEqualTo("resampled from " + name);
    }

    @Test
    void fillingInPartsIsFillingTheWhole() {
        SeriesName name = SeriesName.of("EURUSD", "15m");
        TradingCalendar calendar = Instruments.none().of("EURUSD").calendar();
        Bars bars = walk(Timeframe.M15, calendar);
        lake.merge(name, bars, Merge.KEEP);
        Bars whole = Filling.of(bars, calendar, 2);
        Derivation.Result result = derivation.fill(name, 2, Progress.UNSEEN);
        assertThat(result.barsAdded()).isPositive().isEqualTo(whole.syntheticCount());
        assertThat(lake.read(name, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(whole);
    }

    @Test
    void shorterBarsCannotBeMade() {
        SeriesName name = SeriesName.of("EURUSD", "1h");
        assertThatThrownBy(() -> derivation.check(name, Timeframe.M5))
                .isInstanceOf(StoreException.class)
                .hasMessage("5m cannot be made of 1h: it must be a whole multiple");
        assertThatThrownBy(() -> derivation.check(name, Timeframe.H1))
                .hasMessage("the series has bars of 1h already");
    }
}
