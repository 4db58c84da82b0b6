package dev.ktrdr.operation;

import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.Swap;
import dev.ktrdr.store.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Puts a backup back: unpacks it beside, checks every file against the manifest, and only then
/// swaps. What was there before is kept in `.before-restore-…` until the operator removes it.
public final class Restore {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// What a restore has done.
    ///
    /// @param manifest of the backup that is in place now
    /// @param before folder with what was there before
    public record Outcome(Manifest manifest, Path before) {}

    private final Path data;
    private final String version;
    private final Clock clock;

    /// Restores into the folder `data`, which no service may have open.
    public Restore(Path data, String version, Clock clock) {
        this.data = data;
        this.version = version;
        this.clock = clock;
    }

    /// {@return what was done}
    ///
    /// @param in the archive
    /// @throws IOException if the archive is not whole, does not fit its manifest, or was written
    ///     by a newer version; the data folder is then as before
    public Outcome read(InputStream in) throws IOException {
        String stamp = STAMP.format(clock.instant());
        Path staging = Swap.staging(data, stamp);
        try {
            Manifest manifest = unpack(in, staging);
            return new Outcome(manifest, Swap.exchange(staging));
        } catch (ZipException e) {
            throw new IOException("not a whole backup: " + e.getMessage(), e);
        } finally {
            Trees.delete(staging);
        }
    }

    private Manifest unpack(InputStream in, Path staging) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry first = zip.getNextEntry();
            if (first == null || !first.getName().equals(Manifest.NAME)) {
                throw new IOException("not a backup of KTRDR: it must begin with manifest.json");
            }
            Manifest manifest = Manifest.read(zip.readAllBytes());
            refuseNewer(manifest);
            Map<String, String> found = new TreeMap<>();
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                Path file = inside(staging, e.getName());
                Files.createDirectories(file.resolve("..").normalize());
                Files.copy(zip, file);
                found.put(e.getName(), Trees.sha256(file));
            }
            // Without the last one the next start would take the exchange for one cut off.
            if (!found.equals(manifest.files()) || !found.containsKey("schema-version")) {
                throw new IOException("not a whole backup: its files do not fit its manifest");
            }
            return manifest;
        }
    }

    private void refuseNewer(Manifest manifest) throws IOException {
        if (manifest.schema() > DataFolder.SCHEMA || manifest.format() > Manifest.FORMAT) {
            throw new IOException(
                    "the backup was written by KTRDR %s (schema %d); this is KTRDR %s (schema %d)"
                            .formatted(
                                    manifest.version(),
                                    manifest.schema(),
                                    version,
                                    DataFolder.SCHEMA));
        }
    }

    private static Path inside(Path staging, String name) throws IOException {
        String refusal = "not a backup of KTRDR: it holds " + name;
        try {
            Path file = staging.resolve(name).normalize();
            boolean below = file.startsWith(staging) && file.equals(staging.resolve(name));
            Path path = below ? staging.relativize(file) : Path.of("");
            if (!path.toString().equals(name) || !Swap.isData(path.getName(0))) {
                throw new IOException(refusal);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException(refusal, e);
        }
    }
}
