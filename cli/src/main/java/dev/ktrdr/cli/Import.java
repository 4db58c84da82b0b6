package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.client.Address;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sends a file to the service, which keeps the good rows and says why it refused others.
@Command(
        name = "import",
        description = {
            "Import a file of bars or ticks: CSV, Binance dump, freqtrade JSON or Parquet; what it"
                    + " is, its columns and its stamps are found out and shown.",
            "Prints what was kept and refused, and why. Exits with 1 if nothing was kept."
        })
final class Import implements Verb {

    @Parameters(paramLabel = "FILE", description = "File to import, - for standard input.")
    private String file = "";

    @Option(
            names = "--symbol",
            required = true,
            paramLabel = "SYMBOL",
            description = "Such as SPX or BTC/USDT.")
    private String symbol = "";

    @Option(
            names = "--timeframe",
            required = true,
            paramLabel = "TIMEFRAME",
            description = "Such as 1d or 5m.")
    private String timeframe = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of stamps that name none, such as America/New_York or UTC.")
    private String zone = "";

    @Option(names = "--unit", paramLabel = "UNIT", description = "Of numeric stamps: s ms us ns.")
    private String unit = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of csv binance freqtrade-json parquet ticks.")
    private String format = "";

    @Option(names = "--separator", paramLabel = "CHAR", description = "Between the cells of CSV.")
    private String separator = "";

    @Option(
            names = "--column",
            paramLabel = "NAME=COLUMN",
            description = "Where the time, open, high, low, close or volume is: time=Date.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--overwrite", description = "Bars of the file win over those in the store.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Show what would happen, and store nothing.")
    private boolean dryRun;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Save the refused rows, all of them, with line and reason as CSV.")
    private String rejects = "";

    @Override
    public Reply run(Session session) {
        if (rejects.equals("-")) {
            throw Failure.of(Kind.USAGE, "--rejects needs a file; standard output has the report");
        }
        Optional<Delivery> delivery =
                Optional.of(rejects)
                        .filter(to -> !to.isEmpty())
                        .map(to -> Delivery.to(session.here(), to));
        JsonNode accepted =
                file.equals("-")
                        ? upload(session, session.here().in(), -1)
                        : upload(session, session.here().folder().resolve(file));
        var report = new ImportReport(session);
        JsonNode result = Follower.result(session, accepted, report::detected);
        report.detected(result.path("detected"));
        if (result.path("rows_refused").asLong() > 0) {
            delivery.ifPresent(to -> fetchRejects(session, accepted, to));
        }
        return report.reply(result, rejects);
    }

    private JsonNode upload(Session session, Path path) {
        if (Files.isDirectory(path)) {
            throw Failure.of(Kind.LOCAL_FILE, "cannot read " + path + ": it is a folder");
        }
        // Streams such as pipes have a size of 0 and are sent without a length.
        try (InputStream content = Files.newInputStream(path)) {
            long length = Files.isRegularFile(path) ? Files.size(path) : -1;
            return upload(session, content, length);
        } catch (IOException e) {
            throw Failure.local("cannot read", path, e);
        }
    }

    private JsonNode upload(Session session, InputStream content, long length) {
        var meter = new Meter(session.here());
        var counted =
                new FilterInputStream(content) {

                    private long sent;

                    @Override
                    public int read(byte[] bytes, int offset, int size) throws IOException {
                        int read = super.read(bytes, offset, size);
                        sent += Math.max(read, 0);
                        meter.bytes(sent, length);
                        return read;
                    }
                };
        try {
            String path = "/api/v1/data/import" + query();
            return session.service().upload(path, "application/octet-stream", counted, length);
        } finally {
            meter.clear();
        }
    }

    private String query() {
        String name = file.equals("-") ? "" : file.substring(file.lastIndexOf('/') + 1);
        String mapping =
                columns.entrySet().stream()
                        .map(column -> column.getKey() + "=" + column.getValue())
                        .collect(Collectors.joining(","));
        return Address.query(
                "symbol",
                symbol,
                "timeframe",
                timeframe,
                "filename",
                name,
                "zone",
                zone,
                "unit",
                unit,
                "format",
                format,
                "separator",
                separator,
                "columns",
                mapping,
                "mode",
                overwrite ? "overwrite" : "",
                "dry_run",
                dryRun ? "true" : "");
    }

    private static void fetchRejects(Session session, JsonNode accepted, Delivery delivery) {
        session.service()
                .download(
                        "GET",
                        Operation.path(Follower.id(accepted)) + "/rejects",
                        answer -> {
                            if (!answer.is("text/csv")) {
                                throw answer.malformed();
                            }
                            return delivery.receive(answer, "rejects.csv", _ -> {});
                        });
    }
}
