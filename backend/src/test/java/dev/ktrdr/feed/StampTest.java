package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.feed.ReadOptions.DateOrder;
import dev.ktrdr.feed.ReadOptions.Unit;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

    private static final StampForm YMD = new StampForm.Calendar(DateOrder.YMD);

    private static StampForm form(List<String> stamps, String... options) {
        Map<String, String> words = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return StampForm.of(stamps, ReadOptions.parse(words));
    }

    /// `date -u -d 2020-04-17T14:30Z +%s` prints 1587133800.
    @ParameterizedTest
    @CsvSource({
        "2020-04-17T14:30:00Z, true",
        "2020-04-17T14:30Z, true",
        "2020-04-17 14:30:00.000000, false",
        "'2020-04-17T14:30:00,0', false",
        "2020-04-17 16:30:00+02:00, true",
        "2020-04-17T09:30:00-0500, true",
        "2020-04-17 14:30 UTC, true",
        "2020-04-17 14:30:00 +00, true",
        "20200417 143000, false",
        "20200417143000, false",
        "202004171430, false",
        "20200417T143000Z, true",
        "2020/4/17 14:30, false",
        "2020.04.17 14:30, false"
    })
    void calendarFormsAreOneInstant(String text, boolean zoned) {
        assertThat(form(List.of(text))).isEqualTo(YMD);
        Stamp stamp = new Stamp(YMD);
        assertThat(stamp.read(text)).isTrue();
        assertThat(stamp.zoned()).isEqualTo(zoned);
        assertThat(stamp.timed()).isTrue();
        assertThat(stamp.instant()).isEqualTo(1_587_133_800_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "17/04/2020 14:30, DMY",
        "17.04.2020 14:30:00.000 GMT+0000, DMY",
        "3.4.2020 14:30, DMY",
        "17-04-2020 14:30, DMY",
        "04/17/2020 14:30:00, MDY"
    })
    void orderOfDayAndMonthIsToldWhereItCan(String text, DateOrder order) {
        StampForm form = form(List.of(text));
        assertThat(form).isEqualTo(new StampForm.Calendar(order));
        assertThat(new Stamp(form).read(text)).isTrue();
    }

    @Test
    void orderOfDayAndMonthIsAskedForWhereNothingTells() {
        List<String> stamps = List.of("03/04/2020", "04/04/2020");
        assertThatThrownBy(() -> form(stamps))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("'03/04/2020' can have the day first or the month first")
                .hasMessageEndingWith("add --dates dmy or --dates mdy");
        assertThat(form(stamps, "dates", "mdy")).isEqualTo(new StampForm.Calendar(DateOrder.MDY));
        assertThatThrownBy(() -> form(List.of("13/04/2020", "14/04/2020", "04/15/2020")))
                .hasMessageEndingWith("add --dates dmy or --dates mdy");
        assertThat(form(List.of("03/04/2020", "13/04/2020")))
                .isEqualTo(new StampForm.Calendar(DateOrder.DMY));
    }

    @ParameterizedTest
    @CsvSource({
        "1587133800, S, 1587133800000000",
        "1587133800.25, S, 1587133800250000",
        "1587133800000, MS, 1587133800000000",
        "1587133800000000, US, 1587133800000000",
        "1587133800000000999, NS, 1587133800000000"
    })
    void unitOfANumberIsToldByItsSize(String text, Unit unit, long micros) {
        StampForm form = form(List.of(text));
        assertThat(form).isEqualTo(new StampForm.Epoch(unit, false));
        Stamp stamp = new Stamp(form);
        assertThat(stamp.read(text)).isTrue();
        assertThat(stamp.instant()).isEqualTo(micros);
    }

    /// 86400 s is 1970-01-02, -86400 s is 1969-12-31; their size could be anything.
    @Test
    void unitOfSmallNumbersHasToBeSaid() {
        assertThatThrownBy(() -> form(List.of("86400"))).hasMessageContaining("add --unit");
        Stamp stamp = new Stamp(form(List.of("-86400"), "unit", "s"));
        assertThat(stamp.read("-86400")).isTrue();
        assertThat(Timeframe.instant(stamp.instant()))
                .isEqualTo(Instant.parse("1969-12-31T00:00:00Z"));
    }

    /// Two months of the archive of Binance in one file: milliseconds, then microseconds.
    @Test
    void numberOfAnotherUnitIsNoStamp() {
        Stamp millis = new Stamp(form(List.of("1735689540000")));
        assertThat(millis.read("1735689600000000")).isFalse();
        Stamp micros = new Stamp(form(List.of("1735689600000000")));
        assertThat(micros.read("1735689540000")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-02-30",
                "2019-02-29",
                "2020-13-01",
                "2020-00-10",
                "2020-1",
                "2020-04-17T",
                "2020-04-17T24:00",
                "2020-04-17T14:60",
                "2020-04-17 14:30:60",
                "2020-04-17 14",
                "2020-04-17 14:30:00.",
                "2020-04-17T14:30:00+19:00",
                "2020-04-17T14:30:00+2",
                "2020-04-17T14:30:00ZZ",
                "2020-04-17T14:30:00 CET",
                "2020-04/17",
                "now",
                "",
                "-",
                "9999-01-01",
                "0001-01-01",
                "２０２０-04-17",
                "2020-04-17x",
                "+2020-04-17"
            })
    void textWithoutAMeaningIsNoStamp(String text) {
        assertThat(new Stamp(YMD).read(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                "1e9",
                "0x10",
                "99999999999999999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "1.5.5",
                " 1"
            })
    void textThatIsNoNumberIsNoEpoch(String text) {
        for (Unit unit : List.of(Unit.S, Unit.MS, Unit.US)) {
            assertThat(new Stamp(new StampForm.Epoch(unit, true)).read(text)).isFalse();
        }
    }

    @Test
    void textThatIsNoTimeIsShownWithTheKnownForms() {
        assertThatThrownBy(() -> form(List.of("yesterday")))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("'yesterday' is no time that can be read; known are dates");
        assertThatThrownBy(() -> form(List.of("2020-04-17"), "unit", "ms"))
                .hasMessageStartingWith(
                        "'2020-04-17' is no time that can be read as milliseconds since 1970");
    }

    /// The JDK's own parser is the other implementation.
    @Test
    void stampsAgreeWithTheOnesOfTheJdk() {
        Random random = new Random(11);
        Stamp stamp = new Stamp(YMD);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(-5_000_000_000L, 7_000_000_000L);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-1080, 1081) * 60);
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1000L);
            String text = OffsetDateTime.ofInstant(instant, offset).toString();
            assertThat(stamp.read(text)).as(text).isTrue();
            assertThat(Timeframe.instant(stamp.instant())).as(text).isEqualTo(instant);
        }
    }
}
