package dev.ktrdr.operation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a backup holds: the first entry of its archive, `manifest.json`.
///
/// @param format number of this form, 1
/// @param version of the program that wrote it
/// @param schema of the data
/// @param createdAt when, RFC 3339 UTC
/// @param files path below the data folder to the SHA-256 of its bytes in hexadecimal
public record Manifest(
        int format, String version, int schema, String createdAt, Map<String, String> files) {

    /// Name of the entry.
    static final String NAME = "manifest.json";

    static final int FORMAT = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    // A newer version may say more; it is refused by its numbers, not by that.
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /// Sorts the files, so that equal data give equal manifests.
    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    static Manifest read(byte[] json) throws IOException {
        Manifest manifest = JSON.readValue(json, Manifest.class);
        if (manifest == null) {
            throw new IOException("not a backup of KTRDR: manifest.json is empty");
        }
        return manifest;
    }

    byte[] json() throws IOException {
        return JSON.writeValueAsBytes(this);
    }
}
