package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ktrdr.feed.Received.Refused;
import dev.ktrdr.feed.Received.Row;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no plain CSV: JSON, trades, packed files, Parquet.
class OtherFormatsTest {

    /// 1587133800000 is 2020-04-17T14:30Z.
    @Nested
    class Json {

        private static Received read(String json) {
            return Received.of(json, Timeframe.M1);
        }

        @Test
        void listOfListsIsReadByTheNumberOfTheEntry() {
            Received received =
                    read(
                            "[[1587133800000,1.5,3,1,2,7], [1587133860000,1,1,1,1,null],\n"
                                    + "[1587133920000,1,0,1,1,0]]");
            assertThat(received.rows)
                    .containsExactly(
                            new Row(1, "2020-04-17T14:30:00Z", 1.5, 3, 1, 2, 7),
                            new Row(2, "2020-04-17T14:31:00Z", 1, 1, 1, 1, Double.NaN));
            assertThat(received.refused)
                    .containsExactly(
                            new Refused(
                                    3,
                                    "1587133920000,1,0,1,1,0",
                                    "high must not be below open or close"));
            assertThat(received.detected().format()).isEqualTo(Format.FREQTRADE_JSON);
        }

        /// The answer of Binance to GET /api/v3/klines, as its documentation shows it.
        @Test
        void klinesWithNumbersInQuotesAreReadToo() {
            Received received =
                    read(
                            "[[1499040000000,\"0.01634790\",\"0.80000000\",\"0.01575800\","
                                    + "\"0.01577100\",\"148976.11427815\",1499644799999,"
                                    + "\"2434.19055334\",308,\"1756.87402397\",\"28.46694368\","
                                    + "\"0\"]]");
            assertThat(received.rows)
                    .containsExactly(
                            new Row(
                                    1,
                                    "2017-07-03T00:00:00Z",
                                    0.0163479,
                                    0.8,
                                    0.015758,
                                    0.015771,
                                    148976.11427815));
        }

        @Test
        void entryThatIsNoListOfSixIsRefused() {
            Received received =
                    read(
                            "[[1587133800000,1,1,1,1,1],[1587133860000,1,1,1],7,"
                                    + "[1587133860000,1,[1],1,1,1],[1587133860000,true,1,1,1,1]]");
            assertThat(received.refused)
                    .extracting(Refused::line, Refused::reason)
                    .containsExactly(
                            tuple(2L, "4 cells instead of 6"),
                            tuple(3L, "1 cells instead of 6"),
                            tuple(4L, "high is no number: '[…]'"),
                            tuple(5L, "open is no number: 'true'"));
        }

        @Test
        void listThatIsCutOffIsRefusedAsAFile() {
            String entry = "[1587133800000,1,1,1,1,1],";
            assertThatThrownBy(() -> read("[" + entry.repeat(2000)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the file is no JSON behind entry 2000: ");
        }

        @Test
        void numberOfAnAbsurdLengthIsRefusedAsAFile() {
            assertThatThrownBy(() -> read("[[1587133800000,1,1,1,1," + "1".repeat(5000) + "]]"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the file is no JSON behind entry ");
        }

        @Test
        void emptyListHasNoRows() {
            assertThat(read("[]").count()).isEqualTo(new ReadCount(0, 0, 0));
        }

        @Test
        void entryOfAnotherLengthIsNamed() {
            assertThatThrownBy(() -> read("[[1587133800000,1,1]]"))
                    .hasMessageEndingWith("the first has 3 cells");
        }
    }

    /// 1587133800 is 2020-04-17T14:30:00Z.
    @Nested
    class Ticks {

        private static final String HEADER = "timestamp,price,amount\n";

        @Test
        void tradesOfAMinuteBecomeOneBarWhenItHasPassed() {
            Received received =
                    Received.of(
                            HEADER
                                    + "1587133800.000,10,1\n1587133810.5,12,2\n1587133815,9,0.5\n"
                                    + "1587133859.999,11,1\n1587133860,20,1\n1587133980,30,1\n",
                            Timeframe.M1);
            assertThat(received.rows)
                    .containsExactly(
                            new Row(2, "2020-04-17T14:30:00Z", 10, 12, 9, 11, 4.5),
                            new Row(6, "2020-04-17T14:31:00Z", 20, 20, 20, 20, 1));
            assertThat(received.refused)
                    .containsExactly(
                            new Refused(
                                    7,
                                    "1 trades from 2020-04-17T14:33:00Z",
                                    "the file ends before this period does, so its trades make no"
                                            + " bar"));
            assertThat(received.count()).isEqualTo(new ReadCount(6, 2, 1));
            assertThat(received.detected().format()).isEqualTo(Format.TICKS);
        }

        @Test
        void openAndCloseAreThoseOfTheEarliestAndTheLatestTrade() {
            Received received =
                    Received.of(
                            HEADER
                                    + "1587133805,10,1\n1587133801,11,1\n1587133801,12,1\n"
                                    + "1587133830,13,1\n1587133820,14,1\n1587133830,15,\n"
                                    + "1587133860,1,1\n",
                            Timeframe.M1);
            assertThat(received.rows)
                    .containsExactly(new Row(2, "2020-04-17T14:30:00Z", 11, 15, 10, 15, 5));
        }

        @Test
        void tradeOfAPeriodThatIsOverIsRefused() {
            Received received =
                    Received.of(
                            HEADER + "1587133805,10,1\n1587133865,11,1\n1587133806,12,1\n",
                            Timeframe.M1);
            assertThat(received.refused.getFirst())
                    .isEqualTo(
                            new Refused(
                                    4,
                                    "2020-04-17T14:30:06Z,12.0,1.0",
                                    "the trade is older than the bar being made"));
        }

        @Test
        void tradeWithoutAPriceIsRefusedAndOneWithoutAnAmountIsNot() {
            Received received =
                    Received.of(
                            HEADER
                                    + "1587133805,0,1\n1587133806,,1\n1587133807,1,-1\n"
                                    + "1587133808,1,\n1587133860,1,1\n",
                            Timeframe.M1);
            assertThat(received.rows)
                    .containsExactly(new Row(5, "2020-04-17T14:30:00Z", 1, 1, 1, 1, Double.NaN));
            assertThat(received.refused)
                    .extracting(Refused::reason)
                    .startsWith(
                            "prices must be above 0", "price is empty", "volume must be 0 or more");
        }

        /// Kraken and bitcoincharts publish trades without a header.
        @Test
        void threeColumnsWithoutAHeaderAreTrades() {
            Received received = Received.of("1587133805,10,1\n1587133860,1,1\n", Timeframe.M1);
            assertThat(received.times()).containsExactly("2020-04-17T14:30:00Z");
        }
    }

    @Nested
    class Packed {

        private static final byte[] CSV =
                ("time,open,high,low,close\n" + "2020-04-17,1,1,1,1\n".repeat(10_000))
                        .getBytes(StandardCharsets.UTF_8);

        private static byte[] gzip() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(CSV);
            }
            return bytes.toByteArray();
        }

        private static byte[] zip(String... names) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (String name : names) {
                    zip.putNextEntry(new ZipEntry(name));
                    if (!name.endsWith("/")) {
                        zip.write(CSV);
                    }
                }
            }
            return bytes.toByteArray();
        }

        @Test
        void packedFilesAreReadAsTheyAre() throws Exception {
            Received gzip = Received.of(gzip(), Timeframe.D1);
            assertThat(gzip.count().kept()).isEqualTo(10_000);
            assertThat(gzip.detected().packing()).isEqualTo("gzip");
            Received zip =
                    Received.of(zip("folder/", "__MACOSX/x", "folder/bars.csv"), Timeframe.D1);
            assertThat(zip.count().kept()).isEqualTo(10_000);
            assertThat(zip.detected().packing()).isEqualTo("zip");
        }

        @Test
        void packedFileThatIsCutOffIsDamaged() throws Exception {
            byte[] gzip = gzip();
            for (int size : new int[] {5, 30, gzip.length / 2, gzip.length - 3}) {
                assertThatThrownBy(() -> Received.of(Arrays.copyOf(gzip, size), Timeframe.D1))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith("the file is damaged or cut off: ");
            }
        }

        @Test
        void zipMustHoldOneFile() {
            assertThatThrownBy(() -> Received.of(zip("a.csv", "b.csv"), Timeframe.D1))
                    .hasMessage(
                            "a zip file must hold one file, this one holds 2, such as a.csv; unpack"
                                    + " it first");
        }
    }

    /// The store reads the file; here stands a reader that knows two rows.
    @Test
    void rowsOfParquetKeepTheRulesToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bars.parquet");
        Files.writeString(file, "PAR1 and so on");
        long day = Timeframe.D1.micros();
        ParquetRows two =
                (_, sink) -> {
                    sink.row(1, 0, 1, 3, 1, 2, Double.NaN);
                    sink.row(2, day, 1, 3, 1, 4, 7);
                };
        BarFile open = BarFile.open(file, BarRules.of(Timeframe.D1), ReadOptions.none(), two);
        Received received = new Received();
        assertThat(open.read(received, _ -> {})).isEqualTo(new ReadCount(2, 1, 1));
        assertThat(open.detected().format()).isEqualTo(Format.PARQUET);
        assertThat(received.refused)
                .containsExactly(
                        new Refused(
                                2,
                                "1970-01-02T00:00:00Z,1.0,3.0,1.0,4.0,7.0",
                                "high must not be below open or close"));
    }
}
