package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs about long work ask and print.
class OperationTest {

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

    private static final String PATH = "/api/v1/operations";

    @Test
    void operationsAreATable() {
        service.data(
                "GET " + PATH,
                """
                [{"operation_id":"op_2","operation_type":"data_import","status":"running",\
                "created_at":"2026-01-02T03:04:05Z","progress_percentage":42.7,\
                "current_step":"reading"},{"operation_id":"op_1","status":"failed",\
                "created_at":"2026-01-01T03:04:05Z","progress_percentage":7.0}]""");
        assertThat(shell.run("operation", "list").out())
                .isEqualTo(
                        """
                        OPERATION  STATUS    %  STEP     CREATED
                        op_2       running  42  reading  2026-01-02T03:04:05Z
                        op_1       failed    7           2026-01-01T03:04:05Z
                        """);
        assertThat(service.request().target()).isEqualTo(PATH + "?limit=20");
    }

    @Test
    void operationsAreChosenByTheService() {
        service.data("GET " + PATH, "[]");
        var words = "operation list --status failed --type data_import --active --limit 5";
        assertThat(shell.run(words.split(" ")).out()).isEqualTo("no operations\n");
        assertThat(service.request().target())
                .isEqualTo(
                        PATH
                                + "?status=failed&operation_type=data_import"
                                + "&active_only=true&limit=5");
    }

    @Test
    void operationIsAPage() {
        service.data(
                "GET " + PATH + "/op_1",
                """
                {"operation_id":"op_1","status":"failed","progress":{"percentage":7.5},\
                "metadata":{"symbol":"SPX"},"error_message":"disk full","result_summary":null,\
                "warnings":["a","b"]}""");
        assertThat(shell.run("operation", "show", "op_1").out())
                .isEqualTo(
                        """
                        operation id         op_1
                        status               failed
                        progress percentage  7.5
                        metadata symbol      SPX
                        error message        disk full
                        warnings             a, b
                        """);
    }

    @Test
    void operationIsCancelledWithAReason() {
        service.data("DELETE " + PATH + "/op_1", "{\"status\":\"cancelled\"}");
        var outcome = shell.run("operation", "cancel", "op_1", "--reason", "wrong file");
        assertThat(outcome.out()).isEqualTo("op_1: cancelled\n");
        assertThat(service.request().body()).isEqualTo("{\"reason\":\"wrong file\"}");
    }
}
