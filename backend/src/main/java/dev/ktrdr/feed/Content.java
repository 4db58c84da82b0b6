package dev.ktrdr.feed;

import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// What is in a file, unpacked and decoded. It can be opened again and again.
///
/// @param file where it lies
/// @param packing `gzip`, `zip`, or empty
/// @param charset of the text, from its byte order mark, else UTF-8
/// @param markSize bytes of the byte order mark
/// @param head the first bytes, unpacked, without the mark
/// @param whole whether these are all
record Content(
        Path file, String packing, Charset charset, int markSize, String head, boolean whole) {

    private static final int HEAD_BYTES = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 16;

    /// {@return the content of `file`}
    static Content of(Path file) throws IOException {
        String packing = packing(file);
        byte[] head;
        boolean whole;
        try (InputStream stream = unpacked(file, packing, _ -> {})) {
            head = stream.readNBytes(HEAD_BYTES);
            whole = head.length < HEAD_BYTES;
        }
        int mark = 0;
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            mark = 3;
        } else if (startsWith(head, 0xFF, 0xFE)) {
            mark = 2;
            charset = StandardCharsets.UTF_16LE;
        } else if (startsWith(head, 0xFE, 0xFF)) {
            mark = 2;
            charset = StandardCharsets.UTF_16BE;
        }
        String text = new String(head, mark, head.length - mark, charset);
        return new Content(file, packing, charset, mark, text, whole);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static String packing(Path file) throws IOException {
        byte[] start;
        try (InputStream stream = Files.newInputStream(file)) {
            start = stream.readNBytes(4);
        }
        if (startsWith(start, 0x1F, 0x8B)) {
            return "gzip";
        }
        return startsWith(start, 'P', 'K', 3, 4) ? "zip" : "";
    }

    /// {@return the text behind the byte order mark}
    ///
    /// @param bytesRead is told how many bytes of the file, as it lies there, have been read
    InputStream open(LongConsumer bytesRead) throws IOException {
        InputStream stream = unpacked(file, packing, bytesRead);
        try {
            stream.skipNBytes(markSize);
            return stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    private static InputStream unpacked(Path file, String packing, LongConsumer bytesRead)
            throws IOException {
        if (packing.equals("zip")) {
            return unzipped(file, bytesRead);
        }
        InputStream stream = new Counted(Files.newInputStream(file), bytesRead);
        if (packing.isEmpty()) {
            return new BufferedInputStream(stream, BUFFER_BYTES);
        }
        try {
            return new GZIPInputStream(stream, BUFFER_BYTES);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    private static InputStream unzipped(Path file, LongConsumer bytesRead) throws IOException {
        String only = onlyEntry(file);
        ZipInputStream stream =
                new ZipInputStream(
                        new BufferedInputStream(
                                new Counted(Files.newInputStream(file), bytesRead), BUFFER_BYTES));
        ZipEntry entry = stream.getNextEntry();
        while (entry != null && !entry.getName().equals(only)) {
            entry = stream.getNextEntry();
        }
        return stream;
    }

    private static String onlyEntry(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names =
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .filter(name -> !name.startsWith("__MACOSX/"))
                            .toList();
            if (names.size() != 1) {
                throw new StoreException(
                        Kind.INVALID,
                        "a zip file must hold one file, this one holds %d%s; unpack it first"
                                .formatted(
                                        names.size(),
                                        names.isEmpty() ? "" : ", such as " + names.getFirst()));
            }
            return names.getFirst();
        }
    }

    /// Tells how much was read.
    private static final class Counted extends FilterInputStream {

        private final LongConsumer bytesRead;
        private long count;

        Counted(InputStream stream, LongConsumer bytesRead) {
            super(stream);
            this.bytesRead = bytesRead;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            int read = super.read(bytes, offset, size);
            if (read > 0) {
                count += read;
                bytesRead.accept(count);
            }
            return read;
        }
    }
}
