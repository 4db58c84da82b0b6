package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From the service into a file.
class ExportTest {

    @TempDir private Path folder = Path.of("");
    private FakeService service = FakeService.start();
    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder).with("KTRDR_URL", service.url());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static final String ROUTE = "GET /api/v1/data/BTC%2FUSDT/1h";
    private static final String CSV = "time,open,high,low,close,volume\n";

    private void serve(String type, String body) {
        service.on(ROUTE, exchange -> FakeService.send(exchange, 200, type, body));
    }

    private String[] files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }

    private Shell.Outcome export(String... more) {
        var words = new ArrayList<>(List.of("data", "export", "BTC/USDT", "1h"));
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    /// The digest is that of sha256sum.
    @Test
    void exportIsSavedAndItsReceiptPrinted() throws IOException {
        serve("text/csv;charset=UTF-8", CSV);
        var outcome = export("bars.csv", "--start", "2024-01-01");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        path    %s
                        bytes   32
                        sha256  9aac61bbd34c48339455e694c24c42b2e91fcd935b7202b14e12338017e0575f
                        """
                                .formatted(folder.resolve("bars.csv")));
        assertThat(folder.resolve("bars.csv")).hasContent(CSV);
        assertThat(files()).containsExactly("bars.csv");
        assertThat(service.request().target())
                .isEqualTo("/api/v1/data/BTC%2FUSDT/1h?format=csv&start=2024-01-01");
    }

    @ParameterizedTest
    @CsvSource({
        "b.parquet, parquet, application/vnd.apache.parquet",
        "b.ARROW, arrow, application/vnd.apache.arrow.stream",
        "b.json, json, application/json"
    })
    void formatIsToldByTheNameOfTheFile(String file, String format, String type) {
        serve(type, "x");
        assertThat(export(file).exit()).isZero();
        assertThat(service.request().target()).endsWith("?format=" + format);
    }

    @Test
    void nameThatTellsNoFormatNeedsTheOption() {
        serve("application/vnd.apache.parquet", "x");
        assertThat(export("bars.csv.gz").err())
                .isEqualTo(
                        "ktrdr: bars.csv.gz does not end in one of csv, parquet, arrow, json:"
                                + " say which with --format\n");
        assertThat(export("bars.gz", "--format", "feather").exit()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
        assertThat(export("bars.bin", "--format", "parquet").exit()).isZero();
    }

    @Test
    void exportIntoAFolderIsNamedByTheSeriesWithoutASlash() throws IOException {
        serve("text/csv", CSV);
        assertThat(export(".").exit()).isZero();
        assertThat(files()).containsExactly("BTC%2FUSDT_1h.csv");
    }

    @Test
    void exportGoesToStandardOutputAndTheReceiptToStandardError() throws IOException {
        serve("text/csv", CSV);
        var outcome = export("-");
        assertThat(outcome.out()).isEqualTo(CSV);
        assertThat(outcome.err()).contains("bytes   32");
        assertThat(files()).isEmpty();
    }

    @Test
    void answerOfAnotherFormatIsNotSaved() throws IOException {
        serve("application/json", "{}");
        var outcome = export("bars.csv");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("does not answer as KTRDR does (HTTP 200, application");
        assertThat(files()).isEmpty();
    }

    @Test
    void seriesThatIsNotThereLeavesTheOlderFile() throws IOException {
        Files.writeString(folder.resolve("bars.csv"), "old");
        service.on(ROUTE, 404, FakeService.error("NOT_FOUND", "no such series"));
        var outcome = export("bars.csv");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: NOT_FOUND: no such series (request r-1)\n");
        assertThat(folder.resolve("bars.csv")).hasContent("old");
    }

    /// Renaming over it would replace the device for everybody.
    @Test
    void deviceIsNotReplacedByAFile() {
        var outcome = export("/dev/null", "--format", "csv");
        assertThat(outcome.exit()).isEqualTo(5);
        assertThat(service.asked()).isEmpty();
    }
}
