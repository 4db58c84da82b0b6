package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service.Answer;
import dev.ktrdr.client.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Brings home a snapshot of the data folder.
@Command(
        name = "backup",
        description = {
            "Save a snapshot of the data folder as a zip file.",
            "Prints where it is, its bytes and its SHA-256."
        })
final class Backup implements Verb {

    private static final Pattern NAME =
            Pattern.compile("filename=\"?([A-Za-z0-9][\\w.-]{0,127})\"?");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// A backup holds all that the owner has, so nobody else may read it.
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = {
                "File to write, or folder to write into, or - for standard output.",
                "A file of that name is replaced, once the backup is whole. Default: the name the"
                        + " service gives, in the current folder."
            })
    private String out = ".";

    @Override
    public boolean fillsStandardOutput() {
        return out.equals("-");
    }

    @Override
    public Reply run(Session session) {
        Delivery delivery = Delivery.to(session.here(), out, OWNER_ONLY);
        return session.service()
                .download(
                        "POST",
                        "/api/v1/backups",
                        answer -> {
                            if (!answer.is("application/zip")) {
                                throw answer.malformed();
                            }
                            return delivery.receive(
                                    answer, name(answer, session.here()), Backup::check);
                        })
                .reply();
    }

    /// {@return a name for the file that cannot lead out of the folder}
    private static String name(Answer answer, Surroundings here) {
        Matcher told = NAME.matcher(answer.header("Content-Disposition"));
        return told.find()
                ? told.group(1)
                : "ktrdr-backup-" + STAMP.format(here.clock().instant()) + ".zip";
    }

    /// The table of contents of a zip file stands at its end, so a cut file does not open.
    private static void check(Path part) {
        try (var zip = new ZipFile(part.toFile(), UTF_8)) {
            if (zip.getEntry("manifest.json") != null) {
                return;
            }
        } catch (IOException e) {
            // said below
        }
        throw Failure.of(
                Kind.ANSWER, "what the service sent is not a whole backup: nothing was kept");
    }
}
