package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two questions before anything is lost.
class DeleteTest {

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

    private static final String PATH = "/api/v1/data/BTC%2FUSDT/1h";

    @BeforeEach
    void serve() {
        service.on(
                "DELETE " + PATH,
                exchange -> {
                    boolean confirmed =
                            "confirm=t%2F1".equals(exchange.getRequestURI().getRawQuery());
                    FakeService.send(
                            exchange,
                            confirmed ? 200 : 409,
                            "application/json",
                            confirmed ? FakeService.good("{\"bars\":12}") : QUESTION);
                });
    }

    private static final String QUESTION =
            """
            {"success":false,"data":null,"error":{"code":"CONFLICT","message":"confirm it",\
            "details":{"confirm":"t/1","bars":12,"first":"2024-01-02T00:00:00Z",\
            "last":"2024-01-02T11:00:00Z"}}}""";

    @Test
    void seriesIsDeletedOnceItsSymbolWasTyped() {
        var outcome = shell.typing("BTC/USDT\n").run("data", "delete", "BTC/USDT", "1h");
        assertThat(outcome.err())
                .isEqualTo(
                        """
                        BTC/USDT 1h: 12 bars, 2024-01-02T00:00:00Z to 2024-01-02T11:00:00Z
                        Type BTC/USDT to delete them:\s""");
        assertThat(outcome.out()).isEqualTo("deleted BTC/USDT 1h: 12 bars\n");
        assertThat(service.asked())
                .containsExactly("DELETE " + PATH, "DELETE " + PATH + "?confirm=t%2F1");
    }

    @Test
    void nothingIsDeletedIfSomethingElseOrNothingIsTyped() {
        for (String typed : new String[] {"", "yes\n", "btc/usdt\n"}) {
            var outcome = shell.typing(typed).run("data", "delete", "BTC/USDT", "1h");
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.err()).endsWith("--yes deletes without asking\n");
        }
        assertThat(service.asked()).containsOnly("DELETE " + PATH);
    }

    @Test
    void yesDeletesWithoutAsking() {
        var outcome = shell.run("data", "delete", "BTC/USDT", "1h", "--yes", "--json");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(FakeService.good("{\"bars\":12}") + "\n");
    }

    @Test
    void seriesThatIsNotThereIsAnErrorOfTheService() {
        service.on("DELETE " + PATH, 404, FakeService.error("NOT_FOUND", "no such series"));
        var outcome = shell.run("data", "delete", "BTC/USDT", "1h", "--yes");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: NOT_FOUND: no such series (request r-1)\n");
    }

    @Test
    void barsThatChangedMeanwhileAreNotDeleted() {
        service.on("DELETE " + PATH, 409, QUESTION);
        var outcome = shell.run("data", "delete", "BTC/USDT", "1h", "--yes");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ktrdr: CONFLICT: confirm it (request r-1)\n");
    }
}
