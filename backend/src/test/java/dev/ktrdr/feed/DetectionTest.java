package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {

    private static final String BARS = "open,high,low,close\n";

    private static Detected detected(String csv, Timeframe timeframe, String... options) {
        return Received.of(csv, timeframe, options).detected();
    }

    private static void refused(String csv, Timeframe timeframe, String message) {
        assertThatThrownBy(() -> Received.of(csv, timeframe))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatWasFoundIsShown() {
        Detected detected =
                detected(
                        """
                        Date;Time;Open;High;Low;Close;Adj Close;Volume
                        17.04.2020;14:30;1,5;2,5;1;2;2;7
                        """,
                        Timeframe.M1,
                        "zone",
                        "Europe/Berlin");
        Map<String, Object> shown = detected.toMap();
        assertThat(shown)
                .containsEntry("format", "csv")
                .containsEntry("header", true)
                .containsEntry("separator", ";")
                .containsEntry("decimal", ",")
                .containsEntry("ignored", List.of("Adj Close"))
                .containsEntry("stamps", "a date with the day first and time")
                .containsEntry("zone", "Europe/Berlin, as was said");
        assertThat(shown.get("columns"))
                .hasToString(
                        "{date=Date, time=Time, open=Open, high=High, low=Low, close=Close,"
                                + " volume=Volume}");
    }

    @Test
    void columnsCanBeSaidByNameOrPosition() {
        String csv = "a,b,c,d,e\n2020-04-17,1,3,0.5,2\n";
        Received received =
                Received.of(csv, Timeframe.D1, "columns", "time=A,open=2,high=c,low=d,close=5");
        assertThat(received.rows.getFirst().close()).isEqualTo(2);
        String bare = "x,2020-04-17,1,3,0.5,2,y,z\n";
        Received positions =
                Received.of(bare, Timeframe.D1, "columns", "time=2,open=3,high=4,low=5,close=6");
        assertThat(positions.rows.getFirst().low()).isEqualTo(0.5);
        assertThat(positions.detected().notes())
                .containsExactly("the file names no columns; they were taken by their position");
    }

    @Test
    void zoneIsAskedForWhereAStampHasNone() {
        String csv = "time," + BARS + "2020-04-17 14:30,1,1,1,1\n";
        refused(
                csv,
                Timeframe.M1,
                "the stamps carry no zone ('2020-04-17 14:30'); add the one they were written in,"
                        + " such as --zone America/New_York or --zone UTC");
        assertThat(Received.of(csv, Timeframe.M1, "zone", "America/New_York").times())
                .containsExactly("2020-04-17T18:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Gmt time, 2020-04-17 14:30, 'UTC, as the name of the column says'",
        "time (UTC), 2020-04-17 14:30, 'UTC, as the name of the column says'",
        "time, 2020-04-17 14:30Z, in each stamp",
        "time, 1587133800, 'UTC, as every number since 1970'"
    })
    void zoneThatTheFileSaysIsNotAskedFor(String name, String stamp, String zone) {
        Received received = Received.of(name + "," + BARS + stamp + ",1,1,1,1\n", Timeframe.M1);
        assertThat(received.detected().zone()).isEqualTo(zone);
        assertThat(received.times()).containsExactly("2020-04-17T14:30:00Z");
    }

    @Test
    void timeOfTwoColumnsThatBothSayItAllIsTheNumber() {
        String csv = "unix,date," + BARS + "1587133800,2020-04-17 14:30:00,1,1,1,1\n";
        assertThat(detected(csv, Timeframe.M1).ignored()).containsExactly("date");
    }

    @Test
    void dateWithoutATimeOfDayIsNoMinute() {
        refused(
                "date," + BARS + "2020-04-17,1,1,1,1\n",
                Timeframe.M1,
                "is the timeframe 1d meant?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "date,Volume A,Volume B,open,high,low,close#the volume could be 'Volume A' or 'V",
                "date,open,open,high,low,close# two columns are called 'open'; say which one",
                "open,high,low,close#line 1 must name the columns time (or date), open",
                "time,open,high,low#line 1 must name the columns time (or date), open",
                "2020-01-01,0,1#most rows are no bars; say what is what",
                "2020-01-01,1,2,3,4,5,6,7#line 1 must name the columns",
                "2020-01-01,9,1,1,1,1#most rows are no bars; say what is what",
                "date;open;high;low;close#line 1 has 5 cells and line 2 has 6; if the cells",
                "hello#line 1 must name the columns"
            })
    void fileWhoseColumnsAreInDoubtIsRefusedWithWhatToSay(String line, String message) {
        boolean names = !line.startsWith("2020");
        String row = line.startsWith("date;") ? "a;b;c;d;e;f" : names ? "1" : line;
        refused(line + "\n" + row + "\n", Timeframe.D1, message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "''#the file is empty",
                "' \n\n'#the file is empty",
                "'{\"a\": 1}'#the file is a JSON object",
                "ARROW1#the file is no text",
                "'t\0i\0m\0e\0'#the file is no text",
                "'[1, 2'#the file is no JSON"
            })
    void fileOfAnotherKindIsNamed(String text, String message) {
        refused(text, Timeframe.D1, message);
    }

    @Test
    void missingFileIsNotFound() {
        assertThatThrownBy(
                        () ->
                                BarFile.open(
                                        Path.of("no-such-file.csv"),
                                        BarRules.of(Timeframe.D1),
                                        ReadOptions.none(),
                                        Received.noParquet()))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "format, excel, format must be one of csv binance freqtrade-json parquet ticks",
        "zone, Mars/Olympus, zone must be a zone such as America/New_York or UTC",
        "unit, minutes, unit must be one of s ms us ns",
        "dates, dm, dates must be one of ymd dmy mdy",
        "separator, ab, separator must be one character or 'tab'",
        "missing_volume, none, missing_volume must be a number such as -1",
        "columns, price, columns must be names or positions such as",
        "colour, red, unknown option 'colour'; known: columns dates format"
    })
    void optionThatIsNoneIsRefusedByName(String word, String value, String message) {
        assertThatThrownBy(() -> ReadOptions.parse(Map.of(word, value)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void blankOptionsCountAsAbsent() {
        assertThat(ReadOptions.parse(Map.of("zone", " ", "unit", "")))
                .isEqualTo(ReadOptions.none());
    }
}
