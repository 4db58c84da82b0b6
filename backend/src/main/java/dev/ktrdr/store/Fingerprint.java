package dev.ktrdr.store;

import dev.ktrdr.store.BarFiles.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Tells one state of a series from another: it changes whenever one of its files does.
///
/// @param value 32 hexadecimal digits
public record Fingerprint(String value) {

    private static final int BYTES = 16;

    static Fingerprint of(List<Stamp> files) {
        String text = String.join("\n", files.stream().map(Stamp::toString).toList());
        byte[] hash = Trees.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint(HexFormat.of().formatHex(hash, 0, BYTES));
    }

    @Override
    public String toString() {
        return value;
    }
}
