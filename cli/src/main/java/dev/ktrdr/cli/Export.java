package dev.ktrdr.cli;

import dev.ktrdr.client.Address;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Saves the bars of one series as a file that other programs read.
@Command(
        name = "export",
        description = {
            "Save the bars of a series as CSV, Parquet, Arrow stream or JSON.",
            "Prints where the file is, its bytes and its SHA-256."
        })
final class Export implements Verb {

    private enum Format {
        CSV("text/csv"),
        PARQUET("application/vnd.apache.parquet"),
        ARROW("application/vnd.apache.arrow.stream"),
        JSON("application/json");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Format> of(String word) {
            return Arrays.stream(values())
                    .filter(format -> format.word().equalsIgnoreCase(word))
                    .findFirst();
        }

        static String words() {
            return Arrays.stream(values()).map(Format::word).collect(Collectors.joining(", "));
        }
    }

    @Mixin private Series series = new Series();

    @Parameters(
            index = "2",
            paramLabel = "FILE",
            description = {
                "File to write, or folder to write into, or - for standard output.",
                "A file of that name is replaced, once the new one is whole."
            })
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "One of csv parquet arrow json. Default: as the name of the file ends, else"
                            + " csv.")
    private String format = "";

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "First day or instant, UTC: 2024-01-31 or 2024-01-31T14:30:00Z.")
    private String start = "";

    @Option(names = "--end", paramLabel = "TIME", description = "Last day or instant, UTC.")
    private String end = "";

    @Override
    public boolean fillsStandardOutput() {
        return file.equals("-");
    }

    @Override
    public Reply run(Session session) {
        Format wanted = format(session.here().folder());
        Delivery delivery = Delivery.to(session.here(), file);
        String query = Address.query("format", wanted.word(), "start", start, "end", end);
        return session.service()
                .download(
                        "GET",
                        series.path() + query,
                        answer -> {
                            if (!answer.is(wanted.type)) {
                                throw answer.malformed();
                            }
                            return delivery.receive(
                                    answer, series.fileName(wanted.word()), _ -> {});
                        })
                .reply();
    }

    /// A file must not be called what it is not.
    private Format format(Path here) {
        if (!format.isEmpty()) {
            return Format.of(format)
                    .orElseThrow(
                            () ->
                                    Failure.of(
                                            Kind.USAGE,
                                            "--format must be one of %s, was %s"
                                                    .formatted(Format.words(), format)));
        }
        if (fillsStandardOutput() || Files.isDirectory(here.resolve(file))) {
            return Format.CSV;
        }
        return Format.of(file.substring(file.lastIndexOf('.') + 1))
                .orElseThrow(
                        () ->
                                Failure.of(
                                        Kind.USAGE,
                                        "%s does not end in one of %s: say which with --format"
                                                .formatted(file, Format.words())));
    }
}
