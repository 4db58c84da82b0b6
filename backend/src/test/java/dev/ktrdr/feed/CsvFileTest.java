package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ktrdr.Project;
import dev.ktrdr.feed.Received.Refused;
import dev.ktrdr.feed.Received.Row;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static final String HEADER = "time,open,high,low,close,volume\n";

    private static Received read(String csv, String... options) {
        return Received.of(csv, Timeframe.D1, options);
    }

    @Test
    void rowBecomesABar() {
        Received received = read(HEADER + "2020-04-17,1.5,3,1,2.25,700\n");
        assertThat(received.rows)
                .containsExactly(new Row(2, "2020-04-17T00:00:00Z", 1.5, 3, 1, 2.25, 700));
        assertThat(received.refused).isEmpty();
        assertThat(received.count()).isEqualTo(new ReadCount(1, 1, 0));
    }

    /// One bar in the ways that programs write it; the source of each stands before it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                // backtesting.py, Yahoo, CRLF
                "Date,Open,High,Low,Close,Adj Close,Volume\r\n2020-04-17,1,3,0.5,2,9,7\r\n",
                // Stooq
                """
                <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
                ^SPX,D,20200417,000000,1,3,0.5,2,7,0
                """,
                // MetaTrader 5
                """
                <DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>
                2020.04.17\t1\t3\t0.5\t2\t99\t7\t0
                """,
                // pandas with an index that has no name, and its zone
                ",open,high,low,close,volume\n2020-04-17 00:00:00+00:00,1,3,0.5,2,7.0\n",
                // Excel in Germany
                "Datum;Open;High;Low;Close;Volume\n17.04.2020;1,0;3,0;0,5;2,0;7,0\n",
                // quotes, blanks, capitals, any order, another column
                """
                "CLOSE", "Low",note,"High",Open,Volume,Timestamp
                "2",0.5,"a, b\"\"c",3,1, 7 ,"2020-04-17T00:00:00Z"
                """,
                "\uFEFFtime,open,high,low,close,volume\n2020-04-17,1,3,0.5,2,7",
                "time|open|high|low|close|volume\n\n2020-04-17|1|3|0.5|2|7\n   \n\n",
                "time,o,h,l,c,v\r1587081600,1,3,.5,2,7e0\r",
                // MetaTrader 4, HistData and what Kraken publishes have no header
                "2020.04.17,00:00,1,3,0.5,2,7\n",
                "20200417 000000;1;3;0.5;2;7\n",
                "1587081600,1,3,0.5,2,7,12\n"
            })
    void formsThatOthersWriteAreRead(String csv) {
        String[] options =
                csv.startsWith("Datum") ? new String[] {"columns", "time=Datum"} : new String[0];
        Received received = read(csv, options);
        assertThat(received.refused).isEmpty();
        assertThat(received.rows)
                .extracting(Row::time, Row::open, Row::high, Row::low, Row::close, Row::volume)
                .containsExactly(tuple("2020-04-17T00:00:00Z", 1.0, 3.0, 0.5, 2.0, 7.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void byteOrderMarkTellsTheEncoding(String charset) {
        String text = "\uFEFF" + HEADER + "2020-04-17,1,3,1,2,7\n";
        byte[] bytes = text.getBytes(Charset.forName(charset));
        Received received = Received.of(bytes, Timeframe.D1);
        assertThat(received.rows).hasSize(1);
        assertThat(received.detected().encoding()).isEqualTo(charset);
    }

    /// open_time in ms 2020-04-17T14:30Z, then in microseconds as since 2025.
    @ParameterizedTest
    @CsvSource({
        "1587133800000, 2020-04-17T14:30:00Z, milliseconds since 1970",
        "1735741800000000, 2025-01-01T14:30:00Z, microseconds since 1970"
    })
    void binanceDumpHasTwelveColumnsAndNoHeader(String stamp, String time, String stamps) {
        String row = stamp + ",1,3,0.5,2,7,1587133859999,14,3,4,5,0\n";
        Received received = Received.of(row, Timeframe.M1);
        assertThat(received.rows).containsExactly(new Row(1, time, 1, 3, 0.5, 2, 7));
        assertThat(received.detected().format()).isEqualTo(Format.BINANCE);
        assertThat(received.detected().stamps()).isEqualTo(stamps);
        assertThat(received.detected().ignored()).containsExactly("7", "8", "9", "10", "11", "12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01,x,3,1,2,7            | open is no number: 'x'",
                "2020-01-01,,3,1,2,7             | open is empty",
                "2020-01-01,1d,3,1,2,7           | open is no number: '1d'",
                "2020-01-01,0x1p0,3,1,2,7        | open is no number: '0x1p0'",
                "2020-01-01,NaN,3,1,2,7          | open is no number: 'NaN'",
                "2020-01-01,null,3,1,2,7         | open is no number: 'null'",
                "2020-01-01,1,Infinity,1,2,7     | high is no number: 'Infinity'",
                "2020-01-01,\"1,000\",3,1,2,7    | open is no number: '1,000'",
                "2020-01-01,1-2,3,1,2,7          | open is no number: '1-2'",
                "2020-01-01,1,3,1,2,7f           | volume is no number: '7f'",
                "2020-01-01,1,1e999,1,2,7        | prices must be above 0",
                "2020-01-01,1,3,1                | 4 cells instead of 6",
                "2020-01-01,1,3,1,2,7,8          | 7 cells instead of 6",
                "2020-01-01,0,3,0,2,7            | prices must be above 0",
                "2020-01-01,1,3,-1,2,7           | prices must be above 0",
                "2020-01-01,4,3,1,2,7            | high must not be below open or close",
                "2020-01-01,1,3,2,2,7            | low must not be above open or close",
                "2020-01-01,1,3,1,2,-7           | volume must be 0 or more",
                "2020-01-01,1,3,1,2,-1           | volume must be 0 or more",
                ",1,3,1,2,7                      | time is empty",
                "2020-02-30,1,3,1,2,7 | the stamp '2020-02-30' is not a date with the year first"
            })
    void rowThatIsNoBarIsRefusedWithItsReason(String row, String reason) {
        String good = "2019-01-01,1,1,1,1,1\n";
        Received received = read(HEADER + good + good + good + row + "\n");
        assertThat(received.rows).hasSize(3);
        assertThat(received.refused).containsExactly(new Refused(5, row, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T16:00Z", "2020-01-01 16:00", "1577898000"})
    void dayThatIsStampedWithATimeOfDayIsRefused(String stamp) {
        assertThat(read(HEADER + stamp + ",1,3,1,2,7\n").reason())
                .isEqualTo(
                        "a bar of a day or longer is stamped with its date, or with midnight in"
                                + " its zone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "nan", "null", "None", "N/A"})
    void volumeThatNobodyKnowsIsMissing(String volume) {
        assertThat(read(HEADER + "2020-01-01,1,1,1,1," + volume + "\n").rows.getFirst().volume())
                .isNaN();
    }

    @Test
    void numberThatStandsForAMissingVolumeCanBeNamed() {
        Received received =
                read(
                        HEADER + "2020-01-01,1,1,1,1,-1\n2020-01-02,1,1,1,1,0\n",
                        "missing_volume",
                        "-1");
        assertThat(received.rows).extracting(Row::volume).containsExactly(Double.NaN, 0.0);
    }

    /// West Texas Intermediate of May 2020 closed at -37.63 on 2020-04-20.
    @Test
    void negativePriceIsTakenWhereTheInstrumentAllowsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("wti.csv");
        Files.writeString(file, HEADER + "2020-04-20,17.73,17.85,-40.32,-37.63,1\n");
        assertThat(Received.of(file, new BarRules(Timeframe.D1, true)).rows)
                .extracting(Row::close)
                .containsExactly(-37.63);
        assertThat(Received.of(file, Timeframe.D1).reason()).isEqualTo("prices must be above 0");
    }

    @Test
    void linesAreThoseOfTheFileAlsoBehindBlankLinesAndBreaksInQuotes() {
        String csv =
                """
                note,time,open,high,low,close
                "two
                lines",2020-01-01,1,1,1,1

                ,2020-01-02,1,1,1,x
                ,2020-01-03,1,1,1,1
                """;
        Received received = read(csv.replace("\n", "\r\n"));
        assertThat(received.rows).extracting(Row::line).containsExactly(2L, 6L);
        assertThat(received.refused).extracting(Refused::line).containsExactly(5L);
    }

    @Test
    void missingQuoteIsNamedAsTheCause() {
        String rows = "2020-01-02,1,1,1,1,1\n".repeat(9);
        Received received = read(HEADER + rows + "\"2020-01-01,1,1,1,1,1\n2020-01-02,1,1,1,1,1\n");
        assertThat(received.refused)
                .extracting(Refused::line, Refused::reason)
                .containsExactly(
                        tuple(
                                11L,
                                "a cell in quotes runs over 2 line breaks; is a quote missing?"));
    }

    @Test
    void endlessCellIsRefusedAsAFile() {
        String csv = HEADER + "2020-01-01,1,1,1,1,\"" + "x".repeat(3_000_000);
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(StoreException.class)
                .hasMessage("line 2 or one after it has a million characters; is a quote missing?");
    }

    @Test
    void longRowIsCutInTheReport() {
        Refused refused =
                read(HEADER + "2020-01-01,1,1,1,1,1\n" + "x".repeat(100_000) + "\n")
                        .refused
                        .getFirst();
        assertThat(refused.text()).hasSize(201).endsWith("…");
        assertThat(refused.reason()).isEqualTo("1 cells instead of 6");
    }

    @Test
    void headerAloneHasNoRows() {
        assertThat(read(HEADER).count()).isEqualTo(new ReadCount(0, 0, 0));
    }

    /// The file is published by vega-datasets 3.2.1; the last row is the line of 2020-04-17 there.
    @Test
    void bundledSampleIsReadToTheLastRow() {
        Received received =
                Received.of(Project.root().resolve("examples/data/SPX_1d.csv"), Timeframe.D1);
        assertThat(received.refused).isEmpty();
        assertThat(received.rows.getFirst())
                .isEqualTo(
                        new Row(
                                2,
                                "2000-01-03T00:00:00Z",
                                1469.25,
                                1478,
                                1438.359985,
                                1455.219971,
                                931800000));
        assertThat(received.rows.getLast().time()).isEqualTo("2020-04-17T00:00:00Z");
        assertThat(received.rows).hasSize(5105); // wc -l, the last line has no end
    }

    @Test
    void progressCountsTheBytesOfTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bars.csv");
        Files.write(
                file,
                (HEADER + "2020-04-17,1,3,1,2,7\n".repeat(20_000))
                        .getBytes(StandardCharsets.UTF_8));
        long[] last = new long[1];
        BarFile.open(file, BarRules.of(Timeframe.D1), ReadOptions.none(), Received.noParquet())
                .read(
                        new Received(),
                        bytes -> {
                            assertThat(bytes).isGreaterThan(last[0]);
                            last[0] = bytes;
                        });
        assertThat(last[0]).isEqualTo(Files.size(file));
    }

    @Test
    void readingEndsWithWhatTheProgressOrTheSinkThrows(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bars.csv");
        Files.writeString(file, HEADER + "2020-04-17,1,3,1,2,7\n");
        BarFile open =
                BarFile.open(
                        file, BarRules.of(Timeframe.D1), ReadOptions.none(), Received.noParquet());
        IllegalStateException cancelled = new IllegalStateException("cancelled");
        assertThatThrownBy(
                        () ->
                                open.read(
                                        new Received(),
                                        _ -> {
                                            throw cancelled;
                                        }))
                .isSameAs(cancelled);
        RowSink full =
                new RowSink() {
                    @Override
                    public void row(
                            long line,
                            long time,
                            double open,
                            double high,
                            double low,
                            double close,
                            double volume) {
                        throw cancelled;
                    }

                    @Override
                    public void refused(long line, String text, String reason) {}
                };
        assertThatThrownBy(() -> open.read(full, _ -> {})).isSameAs(cancelled);
    }
}
