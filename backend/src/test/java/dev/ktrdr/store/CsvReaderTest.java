package dev.ktrdr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.store.CsvReader.Refused;
import dev.ktrdr.store.CsvReader.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

    private static final String HEADER = "time,open,high,low,close,volume\n";

    private static Result read(String csv) throws IOException {
        return CsvReader.read(new BufferedReader(new StringReader(csv)));
    }

    /// {@return why the only row is not taken}
    private static String reason(String row) throws IOException {
        Result result = read(HEADER + row + "\n");
        assertThat(result.bars().count()).isZero();
        assertThat(result.refused()).hasSize(1);
        assertThat(result.refused().getFirst().line()).isEqualTo(2);
        assertThat(result.refused().getFirst().text()).isEqualTo(row);
        return result.refused().getFirst().reason();
    }

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1000;
    }

    @Test
    void rowBecomesABar() throws IOException {
        Result result = read(HEADER + "2020-04-17,1.5,3,1,2.25,700\n");
        assertThat(result.rowCount()).isEqualTo(1);
        assertThat(result.refusedCount()).isZero();
        assertThat(result.bars().count()).isEqualTo(1);
        assertThat(result.bars().time(0)).isEqualTo(micros("2020-04-17T00:00:00Z"));
        assertThat(result.bars().open().at(0)).isEqualTo(1.5);
        assertThat(result.bars().high().at(0)).isEqualTo(3);
        assertThat(result.bars().low().at(0)).isEqualTo(1);
        assertThat(result.bars().close().at(0)).isEqualTo(2.25);
        assertThat(result.bars().volume().at(0)).isEqualTo(700);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-04-17T14:30:00Z, 2020-04-17T14:30:00Z",
        "2020-04-17T14:30:00.250Z, 2020-04-17T14:30:00.250Z",
        "2020-04-17T16:30:00+02:00, 2020-04-17T14:30:00Z",
        "1960-01-01, 1960-01-01T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z"
    })
    void timeIsADateOrAnInstantWithItsZone(String text, String instant) throws IOException {
        assertThat(read(HEADER + text + ",1,1,1,1,\n").bars().time(0)).isEqualTo(micros(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time,open,high,low,close\n2020-01-01,1,1,1,1\n",
                "date,open,high,low,close\n2020-01-01,1,1,1,1\n",
                "Date, Open ,HIGH,Low,Close,Volume\r\n2020-01-01, 1 ,1,1,1,\r\n",
                "\uFEFFtime,open,high,low,close\n2020-01-01,1,1,1,1\n",
                "close,low,high,open,time,note\n1,1,1,1,2020-01-01,any text\n",
                "time,open,high,low,close\n\n2020-01-01,1,1,1,1\n   \n\n",
                "time,open,high,low,close,volume\n2020-01-01,1,1,1,1,NaN\n",
                "time,open,high,low,close\n2020-01-01,1,1,1,1"
            })
    void formsThatOthersWriteAreRead(String csv) throws IOException {
        Result result = read(csv);
        assertThat(result.refused()).isEmpty();
        assertThat(result.bars().count()).isEqualTo(1);
        assertThat(result.bars().volume().at(0)).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01,x,3,1,2,7            | not a number: x",
                "2020-01-01,,3,1,2,7             | not a number: empty String",
                "2020-01-01,1d,3,1,2,7           | not a number: 1d",
                "2020-01-01,0x1p0,3,1,2,7        | not a number: 0x1p0",
                "2020-01-01,NaN,3,1,2,7          | not a number: NaN",
                "2020-01-01,1,Infinity,1,2,7     | not a number: Infinity",
                "2020-01-01,1,3,1,2,7f           | not a number: 7f",
                "2020-01-01,1,1e999,1,2,7        | prices must be finite and above 0",
                "2020-01-01,1,3,1                | too few columns",
                "2020-01-01,0,3,0,2,7            | prices must be finite and above 0",
                "2020-01-01,1,3,-1,2,7           | prices must be finite and above 0",
                "2020-01-01,4,3,1,2,7            | high must not be below open or close",
                "2020-01-01,1,3,2,2,7            | low must not be above open or close",
                "2020-01-01,1,3,1,2,-7           | volume must be 0 or more"
            })
    void rowThatIsNoBarIsRefusedWithItsReason(String row, String reason) throws IOException {
        assertThat(reason(row)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-02-30", "2020-13-01", "17.04.2020", "20200417", "2020-04-17 14:30:00",
                "2020-04-17T14:30:00", "now", "", "1587081600", "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z"
            })
    void timeWithoutAMeaningIsRefused(String time) throws IOException {
        assertThat(reason(time + ",1,3,1,2,7")).startsWith("not a date or an instant with zone: ");
    }

    @Test
    void refusedRowsKeepTheirLinesAndTheOthersAreTaken() throws IOException {
        Result result =
                read(
                        HEADER
                                + "2020-01-01,1,1,1,1,1\nnonsense\n\n2020-01-02,1,1,1,1,1\n"
                                + "2020-01-03,9,1,1,1,1\n");
        assertThat(result.bars().count()).isEqualTo(2);
        assertThat(result.rowCount()).isEqualTo(4);
        assertThat(result.refusedCount()).isEqualTo(2);
        assertThat(result.refused()).extracting(Refused::line).containsExactly(3, 6);
    }

    @Test
    void atMostAHundredRefusedRowsAreKeptButAllAreCounted() throws IOException {
        Result result = read(HEADER + "bad\n".repeat(1_000));
        assertThat(result.refusedCount()).isEqualTo(1_000);
        assertThat(result.rowCount()).isEqualTo(1_000);
        assertThat(result.refused()).hasSize(100);
    }

    @Test
    void longRowIsCutInTheReport() throws IOException {
        Result result = read(HEADER + "x".repeat(100_000) + "\n");
        assertThat(result.refused().getFirst().text()).hasSize(201).endsWith("…");
        assertThat(result.refused().getFirst().reason()).hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-02", "2020-01-01"})
    void fileOutOfOrderIsRefusedAsAWhole(String second) {
        String csv = HEADER + "2020-01-02,1,1,1,1,1\n" + second + ",1,1,1,1,1\n";
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "times must rise from row to row; they do not after 2020-01-02T00:00:00Z");
    }

    @Test
    void emptyFileIsRefused() {
        assertThatThrownBy(() -> read("")).hasMessage("the file is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-01,1,1,1,1\n",
                "time;open;high;low;close\n",
                "open,high,low,close\n",
                "time,open,high,low\n",
                "\n",
                "{\"time\": 1}"
            })
    void fileWithoutTheColumnsOfABarIsRefused(String csv) {
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("line 1 must name the columns time (or date), open");
    }

    @Test
    void headerAloneHasNoRows() throws IOException {
        assertThat(read(HEADER).rowCount()).isZero();
        assertThat(read(HEADER).bars().count()).isZero();
    }
}
