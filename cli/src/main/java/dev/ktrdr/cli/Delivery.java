package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ktrdr.client.Failure;
import dev.ktrdr.client.Failure.Kind;
import dev.ktrdr.client.Service.Answer;
import dev.ktrdr.client.Surroundings;
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
import java.nio.file.attribute.FileAttribute;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;

/// Brings home what the service sends: into a file, or to standard output.
///
/// A file is written beside its place, checked, fsynced and renamed: under the final name there
/// is a whole one or none, whatever ends this process.
final class Delivery {

    /// What was brought.
    record Receipt(String path, long bytes, String sha256) {

        Verb.Reply reply() {
            return Verb.Reply.of(
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

    private final Surroundings here;
    private final String to;
    private final Path place;
    private final FileAttribute<?>[] attributes;

    private Delivery(Surroundings here, String to, FileAttribute<?>... attributes) {
        this.here = here;
        this.to = to;
        this.place = here.folder().resolve(to).normalize();
        this.attributes = attributes;
    }

    /// {@return a delivery to a file, into a folder, or to standard output}
    ///
    /// @param to         what the user wrote, `-` for standard output
    /// @param attributes of a new file
    /// @throws Failure if nothing can be written there
    static Delivery to(Surroundings here, String to, FileAttribute<?>... attributes) {
        var delivery = new Delivery(here, to, attributes);
        if (!delivery.isStandardOutput()) {
            delivery.refuseUnlessWritable();
        }
        return delivery;
    }

    private boolean isStandardOutput() {
        return to.equals("-");
    }

    private void refuseUnlessWritable() {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            throw Failure.of(
                    Kind.LOCAL_FILE, "cannot write into " + folder + ": there is no such folder");
        }
        if (!Files.isWritable(folder)) {
            throw Failure.of(
                    Kind.LOCAL_FILE, "cannot write into " + folder + ": permission denied");
        }
        if (Files.exists(place) && !Files.isDirectory(place) && !Files.isRegularFile(place)) {
            throw Failure.of(
                    Kind.LOCAL_FILE,
                    "cannot write " + place + ": it is no file; - is standard output");
        }
    }

    private Path folder() {
        Path parent = place.getParent();
        return Files.isDirectory(place) || parent == null ? place : parent;
    }

    /// {@return a receipt for the body of `answer`, all of which was brought}
    ///
    /// @param name  of the file, where the user named a folder
    /// @param check throws if the file is not what was wanted; not called for standard output
    Receipt receive(Answer answer, String name, Consumer<Path> check) throws IOException {
        if (isStandardOutput()) {
            return copy(answer, here.out(), "-");
        }
        Path file = Files.isDirectory(place) ? place.resolve(name) : place;
        Path part = file.resolveSibling(file.getFileName() + ".part");
        var sweep = Thread.ofPlatform().unstarted(() -> delete(part)); // for Ctrl-C and SIGTERM
        Runtime.getRuntime().addShutdownHook(sweep);
        try {
            Receipt receipt = write(answer, part, file);
            check.accept(part);
            publish(part, file);
            return receipt;
        } finally {
            delete(part);
            unhook(sweep);
        }
    }

    private Receipt write(Answer answer, Path part, Path file) throws IOException {
        delete(part); // what a killed process left
        try (FileChannel channel = create(part)) {
            Receipt receipt = copy(answer, Channels.newOutputStream(channel), file.toString());
            force(channel, part);
            return receipt;
        }
    }

    private FileChannel create(Path part) {
        try {
            return FileChannel.open(
                    part,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    attributes);
        } catch (IOException e) {
            throw Failure.local("cannot write", part, e);
        }
    }

    private Receipt copy(Answer answer, OutputStream out, String path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        long bytes = 0;
        var meter = new Meter(here);
        try {
            for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
                write(out, buffer, n, path);
                digest.update(buffer, 0, n);
                bytes += n;
                meter.bytes(bytes, total);
            }
        } finally {
            meter.clear();
        }
        return new Receipt(path, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static void write(OutputStream out, byte[] buffer, int length, String path) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw Failure.local("cannot write", Path.of(path), e);
        }
        if (out instanceof PrintStream stream && stream.checkError()) {
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

    private void publish(Path part, Path file) {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
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
}
