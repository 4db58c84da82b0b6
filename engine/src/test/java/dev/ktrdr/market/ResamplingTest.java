package dev.ktrdr.market;

import static dev.ktrdr.market.RandomBars.grid;
import static dev.ktrdr.market.RandomBars.micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.calendar.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

    private static final double NAN = Double.NaN;

    private static TradingCalendar calendar(String id) {
        return TradingCalendar.parse(id).orElseThrow();
    }

    private static Timeframe timeframe(String id) {
        return Timeframe.parse(id).orElseThrow();
    }

    /// {@return bars that each have the price of their position, from 1, and no volume}
    private static Bars at(String timeframe, String... times) {
        BarBuffer buffer = new BarBuffer(BarRules.of(timeframe(timeframe)));
        for (int i = 0; i < times.length; i++) {
            buffer.add(micros(times[i]), i + 1, i + 1, i + 1, i + 1, NAN);
        }
        return buffer.bars();
    }

    private static List<String> times(Bars bars) {
        List<String> times = new ArrayList<>();
        for (int i = 0; i < bars.count(); i++) {
            times.add(Timeframe.instant(bars.time(i)).toString());
        }
        return times;
    }

    private static Bars all(String timeframe, String id, String from, String to) {
        BarBuffer buffer = new BarBuffer(BarRules.of(timeframe(timeframe)));
        ExpectedBars expected = grid(timeframe, id).expected(micros(from));
        for (; expected.time() < micros(to); expected.next()) {
            buffer.add(expected.time(), 1, 1, 1, 1, 1);
        }
        return buffer.bars();
    }

    /// Worked by hand: three minutes, the second without volume.
    @Test
    void barHasFirstOpenHighestHighLowestLowLastCloseAndAllVolume() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1));
        buffer.add(0, 10, 12, 9, 11, 5);
        buffer.add(60_000_000, 11, 15, 11, 14, NAN);
        buffer.add(120_000_000, 14, 14, 8, 8.5, 2);
        Bars bar = Resampling.of(buffer.bars(), Timeframe.M3, calendar("24/7")).complete();
        BarBuffer expected = new BarBuffer(BarRules.of(Timeframe.M3));
        expected.add(0, 10, 15, 8, 8.5, 7);
        assertThat(bar).isEqualTo(expected.bars());
    }

    @Test
    void volumeThatAllLackStaysMissing() {
        Bars fine = at("1m", "2024-01-01T00:00:00Z", "2024-01-01T00:02:00Z");
        assertThat(Resampling.of(fine, Timeframe.M3, calendar("24/7")).complete().volume().at(0))
                .isNaN();
    }

    @Test
    void syntheticPartCountsOnlyAmongItsLikes() {
        BarBuffer buffer = new BarBuffer(BarRules.of(Timeframe.M1));
        buffer.add(0, 99, 99, 99, 99, 0);
        buffer.markSynthetic();
        buffer.add(60_000_000, 10, 12, 9, 11, 5);
        buffer.add(240_000_000, 11, 11, 11, 11, 0);
        buffer.markSynthetic();
        buffer.add(300_000_000, 11, 11, 11, 11, 0);
        buffer.markSynthetic();
        Bars bars = Resampling.of(buffer.bars(), Timeframe.M3, calendar("24/7")).complete();
        assertThat(bars.high().at(0)).isEqualTo(12);
        assertThat(bars.isSynthetic(0)).isFalse();
        assertThat(bars.isSynthetic(1)).isTrue();
    }

    @Test
    void lastBarIsPartialUntilItsEndIsReached() {
        Bars fine = at("1m", "2024-01-01T00:00:00Z", "2024-01-01T00:03:00Z");
        Resampled resampled = Resampling.of(fine, Timeframe.M3, calendar("24/7"));
        assertThat(times(resampled.complete())).containsExactly("2024-01-01T00:00:00Z");
        assertThat(times(resampled.partial())).containsExactly("2024-01-01T00:03:00Z");
    }

    @Test
    void dayIsCompleteAtTheCloseOfItsSession() {
        Bars fine = all("1m", "NYSE", "2024-03-08T00:00:00Z", "2024-03-08T20:59:00Z");
        Resampled open = Resampling.of(fine, Timeframe.D1, calendar("NYSE"));
        assertThat(open.complete().count()).isZero();
        fine = all("1m", "NYSE", "2024-03-08T00:00:00Z", "2024-03-09T00:00:00Z");
        Resampled closed = Resampling.of(fine, Timeframe.D1, calendar("NYSE"));
        assertThat(times(closed.complete())).containsExactly("2024-03-08T00:00:00Z");
        assertThat(closed.complete().volume().at(0)).isEqualTo(390);
        assertThat(Resampling.of(fine, Timeframe.W1, calendar("NYSE")).complete().count())
                .isEqualTo(1);
    }

    /// Who trades before the open may do so after the close.
    @Test
    void dayWithBarsOutsideItsSessionLastsUntilItsEnd() {
        Bars fine =
                at("1m", "2024-03-08T13:00:00Z", "2024-03-08T14:30:00Z", "2024-03-08T20:59:00Z");
        assertThat(Resampling.of(fine, Timeframe.D1, calendar("NYSE")).complete().count()).isZero();
    }

    @Test
    void weekIsCompleteWithItsLastDay() {
        Bars untilThursday = all("1d", "NYSE", "2024-03-25T00:00:00Z", "2024-03-29T00:00:00Z");
        Resampled goodFriday = Resampling.of(untilThursday, Timeframe.W1, calendar("NYSE"));
        assertThat(times(goodFriday.complete())).containsExactly("2024-03-25T00:00:00Z");
        Resampled month = Resampling.of(untilThursday, Timeframe.MONTH, calendar("NYSE"));
        assertThat(times(month.complete())).containsExactly("2024-03-01T00:00:00Z");
        Bars untilWednesday = all("1d", "NYSE", "2024-03-25T00:00:00Z", "2024-03-28T00:00:00Z");
        assertThat(Resampling.of(untilWednesday, Timeframe.W1, calendar("NYSE")).complete().count())
                .isZero();
    }

    /// The week of the change of clocks: 4 h bars follow the session, not the hour in UTC.
    @Test
    void hoursFollowTheSessionOverTheChangeOfClocks() {
        Bars fine = all("30m", "NYSE", "2024-03-08T00:00:00Z", "2024-03-12T00:00:00Z");
        assertThat(times(Resampling.of(fine, Timeframe.H4, calendar("NYSE")).complete()))
                .containsExactly(
                        "2024-03-08T14:30:00Z",
                        "2024-03-08T18:30:00Z",
                        "2024-03-11T13:30:00Z",
                        "2024-03-11T17:30:00Z");
    }

    @Test
    void hoursFromMidnightStayThere() {
        Bars fine = at("1h", "2024-03-08T14:00:00Z", "2024-03-08T15:00:00Z");
        assertThat(times(Resampling.of(fine, Timeframe.H2, calendar("NYSE")).complete()))
                .containsExactly("2024-03-08T14:00:00Z");
    }

    @Test
    void sessionDoesNotMixWithWhatLiesAround() {
        Bars fine =
                at("30m", "2024-03-08T14:00:00Z", "2024-03-08T20:30:00Z", "2024-03-08T21:00:00Z");
        assertThat(times(Resampling.of(fine, Timeframe.H2, calendar("NYSE")).complete()))
                .containsExactly("2024-03-08T12:30:00Z", "2024-03-08T20:30:00Z");
    }

    @Test
    void sundayNightBelongsToMonday() {
        Bars fine =
                at("1h", "2024-01-05T21:00:00Z", "2024-01-07T22:00:00Z", "2024-01-08T22:00:00Z");
        Resampled days = Resampling.of(fine, Timeframe.D1, calendar("FX"));
        assertThat(times(days.complete()))
                .containsExactly("2024-01-05T00:00:00Z", "2024-01-08T00:00:00Z");
        assertThat(times(days.partial())).containsExactly("2024-01-09T00:00:00Z");
    }

    @Test
    void morningInSydneyBelongsToItsDate() {
        Bars fine = at("1h", "2024-01-07T23:00:00Z", "2024-01-08T04:00:00Z");
        assertThat(times(Resampling.of(fine, Timeframe.D1, calendar("ASX")).complete()))
                .containsExactly("2024-01-08T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "3m, 5m, 5m cannot be made of 3m: it must be a whole multiple",
        "1h, 30m, 30m cannot be made of 1h: it must be a whole multiple",
        "8h, 12h, 12h cannot be made of 8h: it must be a whole multiple",
        "1w, 1M, 1M cannot be made of 1w: it must be a whole multiple",
    })
    void lengthThatIsNoMultipleIsRefused(String fine, String coarse, String message) {
        Bars bars = at(fine, "2024-01-01T00:00:00Z");
        assertThatThrownBy(() -> Resampling.of(bars, timeframe(coarse), calendar("24/7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void barOfTwoSessionsIsRefused() {
        Bars bars = at("4h", "2024-01-08T16:00:00Z", "2024-01-08T20:00:00Z");
        assertThatThrownBy(() -> Resampling.of(bars, Timeframe.D1, calendar("FX")))
                .hasMessage(
                        "1d cannot be made of 4h in FX: the bar of 2024-01-08T20:00:00Z"
                                + " has a part of two sessions");
    }

    @Test
    void barsOnNoGridAreRefused() {
        Bars bars = at("30m", "2024-03-08T14:45:00Z");
        assertThatThrownBy(() -> Resampling.of(bars, Timeframe.H1, calendar("NYSE")))
                .hasMessageStartingWith("bars of 30m must start with the sessions of NYSE");
    }

    private static final List<List<String>> CHAINS =
            List.of(
                    List.of("1m", "5m", "1h"),
                    List.of("1m", "15m", "4h"),
                    List.of("5m", "1h", "1d"),
                    List.of("30m", "2h", "12h"),
                    List.of("1h", "1d", "1w"),
                    List.of("2h", "1d", "1M"),
                    List.of("15m", "2h", "1d"));

    /// The law of resampling: the way does not matter. All calendars, sparse or dense bars,
    /// starting at any time of 35 years. Only where the middle one ends in a partial bar, which is
    /// left out, the last bar may be known to be complete later.
    @Property(tries = 500)
    void resampleOfAResampleIsTheDirectOne(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll @IntRange(min = 0, max = 6) int chain,
            @ForAll long seed) {
        Random random = new Random(seed);
        TradingCalendar calendar = TradingCalendar.all().get(which);
        List<Timeframe> steps = CHAINS.get(chain).stream().map(ResamplingTest::timeframe).toList();
        Bars fine = random(steps.getFirst(), calendar, random);
        Resampled middle = Resampling.of(fine, steps.get(1), calendar);
        Bars direct = Resampling.of(fine, steps.get(2), calendar).complete();
        Bars indirect = Resampling.of(middle.complete(), steps.get(2), calendar).complete();
        assertThat(direct.slice(0, indirect.count())).isEqualTo(indirect);
        assertThat(direct.count() - indirect.count()).isBetween(0, middle.partial().count());
    }

    /// What is complete stays as it is, whatever comes later.
    @Property(tries = 500)
    void completeBarNeverChanges(
            @ForAll @IntRange(min = 0, max = 8) int which,
            @ForAll @IntRange(min = 0, max = 6) int chain,
            @ForAll long seed) {
        Random random = new Random(seed);
        TradingCalendar calendar = TradingCalendar.all().get(which);
        Timeframe coarse = timeframe(CHAINS.get(chain).get(2));
        Bars fine = random(timeframe(CHAINS.get(chain).get(0)), calendar, random);
        Bars early =
                Resampling.of(fine.slice(0, random.nextInt(fine.count() + 1)), coarse, calendar)
                        .complete();
        Bars late = Resampling.of(fine, coarse, calendar).complete();
        assertThat(late.slice(0, early.count())).isEqualTo(early);
    }

    private static Bars random(Timeframe timeframe, TradingCalendar calendar, Random random) {
        long from = micros("1995-01-01T00:00:00Z") + random.nextLong(1L << 50);
        double density = random.nextBoolean() ? 1 : random.nextDouble();
        return RandomBars.of(
                BarGrid.of(timeframe, calendar), from, random.nextInt(2000), density, random);
    }
}
