package dev.ktrdr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ktrdr.cli.Failure.Kind;
import dev.ktrdr.cli.Service.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Brings home a snapshot of the data folder.
///
/// The file is written beside its place, checked, fsynced and renamed: under the final name there
/// is a whole backup or none, whatever ends this process.
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
        Surroundings here = session.here();
        Path place = here.folder().resolve(out).normalize();
        if (!fillsStandardOutput()) {
            refuseUnlessWritable(place);
        }
        Receipt receipt =
                session.service()
                        .download(
                                "POST",
                                "/api/v1/backups",
                                answer -> {
                                    if (!answer.header("Content-Type")
                                            .startsWith("application/zip")) {
                                        throw session.service().malformed(answer);
                                    }
                                    return fillsStandardOutput()
                                            ? copy(answer, here.out(), "-", new Progress(here))
                                            : save(answer, place, here);
                                });
        return receipt.reply();
    }

    private static void refuseUnlessWritable(Path place) {
        Path folder = folder(place);
        if (!Files.isDirectory(folder)) {
            throw Failure.of(
                    Kind.LOCAL_FILE, "cannot write into " + folder + ": there is no such folder");
        }
        if (!Files.isWritable(folder)) {
            throw Failure.of(
                    Kind.LOCAL_FILE, "cannot write into " + folder + ": permission denied");
        }
    }

    private static Path folder(Path place) {
        Path parent = place.getParent();
        return Files.isDirectory(place) || parent == null ? place : parent;
    }

    private static Receipt save(Answer answer, Path place, Surroundings here) throws IOException {
        Path file = Files.isDirectory(place) ? place.resolve(name(answer, here)) : place;
        Path part = file.resolveSibling(file.getFileName() + ".part");
        var sweep = Thread.ofPlatform().unstarted(() -> delete(part)); // for Ctrl-C and SIGTERM
        Runtime.getRuntime().addShutdownHook(sweep);
        try {
            Receipt receipt = write(answer, part, file, new Progress(here));
            check(part);
            publish(part, file);
            return receipt;
        } finally {
            delete(part);
            unhook(sweep);
        }
    }

    /// {@return a name for the file that cannot lead out of the folder}
    private static String name(Answer answer, Surroundings here) {
        Matcher told = NAME.matcher(answer.header("Content-Disposition"));
        return told.find()
                ? told.group(1)
                : "ktrdr-backup-" + STAMP.format(here.clock().instant()) + ".zip";
    }

    private static Receipt write(Answer answer, Path part, Path file, Progress progress)
            throws IOException {
        delete(part); // what a killed backup left
        try (FileChannel channel = create(part)) {
            Receipt receipt =
                    copy(answer, Channels.newOutputStream(channel), file.toString(), progress);
            force(channel, part);
            return receipt;
        }
    }

    /// A backup holds all that the owner has, so nobody else may read it.
    private static FileChannel create(Path part) {
        try {
            return FileChannel.open(
                    part,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw Failure.local("cannot write", part, e);
        }
    }

    private static Receipt copy(Answer answer, OutputStream to, String path, Progress progress)
            throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try {
            for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
                write(to, buffer, n, path);
                digest.update(buffer, 0, n);
                bytes += n;
                progress.at(bytes);
            }
        } finally {
            progress.end();
        }
        return new Receipt(path, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static void write(OutputStream to, byte[] buffer, int length, String path) {
        try {
            to.write(buffer, 0, length);
        } catch (IOException e) {
            throw Failure.local("cannot write", Path.of(path), e);
        }
        if (to instanceof PrintStream stream && stream.checkError()) {
            throw Failure.of(Kind.LOCAL_FILE, "cannot write to standard output: is it closed?");
        }
    }

    private static void force(FileChannel channel, Path file) {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw Failure.local("cannot write", file, e);
        }
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

    private static void publish(Path part, Path file) {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw Failure.local("cannot write", file, e);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // creating it anew says what is wrong, and a leftover harms nobody
        }
    }

    private static void unhook(Thread sweep) {
        try {
            Runtime.getRuntime().removeShutdownHook(sweep);
        } catch (IllegalStateException e) {
            // the process is ending already
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Receipt(String path, long bytes, String sha256) {

        Reply reply() {
            return Reply.of(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("path", path)
                            .put("bytes", bytes)
                            .put("sha256", sha256),
                    () ->
                            Table.pairs(
                                    "path", path, "bytes", Long.toString(bytes), "sha256", sha256));
        }
    }

    /// A line on stderr that counts, if somebody watches. How much is to come nobody knows.
    private static final class Progress {

        private static final long PERIOD_NANOS = 200_000_000;

        private final PrintStream err;
        private final boolean watched;
        private long shownNanos = System.nanoTime();
        private boolean shown;

        Progress(Surroundings here) {
            err = here.err();
            watched = here.screen().watched();
        }

        void at(long bytes) {
            if (watched && System.nanoTime() - shownNanos >= PERIOD_NANOS) {
                err.printf(Locale.ROOT, "\r%.1f MB", bytes / 1e6);
                shownNanos = System.nanoTime();
                shown = true;
            }
        }

        void end() {
            if (shown) {
                err.print("\r" + " ".repeat(20) + "\r");
            }
        }
    }
}
