package dev.ktrdr.operation;

import dev.ktrdr.log.Event;
import dev.ktrdr.log.Event.Severity;
import dev.ktrdr.setting.Catalogue;
import dev.ktrdr.setting.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Who may call the API: whoever knows the token, if there is one.
///
/// In production there always is: without KTRDR_API_TOKEN one is generated at the first start into
/// `secrets/api-token`, and its place is logged, never its value. Tokens are compared in constant
/// time. Wrong ones are counted, and beyond a budget answered with "too many"; the right one is
/// never locked out, since behind Docker's gateway all clients look alike. Threads may share it.
public final class Access {

    /// What to do with a request.
    public enum Verdict {
        GRANTED,
        DENIED,
        TOO_MANY
    }

    private static final int WRONG_PER_WINDOW = 30;
    private static final long WINDOW_MILLIS = 60_000;

    private final Optional<byte[]> digest;
    private final InstantSource clock;
    private long windowStart;
    private int wrongCount;

    private Access(Optional<byte[]> digest, InstantSource clock) {
        this.digest = digest;
        this.clock = clock;
    }

    /// {@return access as `settings` ask for}
    ///
    /// @param settings environment and token
    /// @param secrets folder for a generated token
    /// @param clock for the budget of wrong tokens
    /// @throws IOException if a token has to be generated and cannot be written
    public static Access of(Settings settings, Path secrets, InstantSource clock)
            throws IOException {
        String given = settings.text(Catalogue.API_TOKEN);
        if (!given.isEmpty()) {
            return withToken(given, clock);
        }
        if (settings.production()) {
            return withToken(generated(secrets.resolve("api-token")), clock);
        }
        return new Access(Optional.empty(), clock);
    }

    static Access withToken(String token, InstantSource clock) {
        return new Access(Optional.of(digest(token)), clock);
    }

    private static String generated(Path file) throws IOException {
        String found = Files.exists(file) ? Files.readString(file).strip() : "";
        // An empty token would be the one of a request without any.
        String token = found.isEmpty() ? generate(file) : found;
        Map<String, Object> place = Map.of("file.path", file.toAbsolutePath().toString());
        Event.log("dev.ktrdr.access", Severity.WARNING, "the API token lies in " + file, place);
        return token;
    }

    private static String generate(Path file) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        var owner = PosixFilePermissions.fromString("rw-------");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(owner));
        Files.writeString(part, token + "\n", StandardOpenOption.SYNC);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return token;
    }

    /// {@return whether a request may pass}
    ///
    /// @param authorization value of the header of that name, empty text if there is none
    public Verdict verdict(String authorization) {
        if (digest.isEmpty()) {
            return Verdict.GRANTED;
        }
        String scheme = "bearer ";
        boolean bearer = authorization.regionMatches(true, 0, scheme, 0, scheme.length());
        String token = bearer ? authorization.substring(scheme.length()).strip() : "";
        // Digests have equal length, so the comparison tells nothing about the length either.
        if (MessageDigest.isEqual(digest(token), digest.get())) {
            return Verdict.GRANTED;
        }
        return authorization.isEmpty() || countWrong() <= WRONG_PER_WINDOW
                ? Verdict.DENIED
                : Verdict.TOO_MANY;
    }

    /// {@return the seconds until wrong tokens are counted anew}
    public synchronized long retryAfterSeconds() {
        return Math.max(1, (windowStart + WINDOW_MILLIS - clock.millis()) / 1000);
    }

    private synchronized int countWrong() {
        long now = clock.millis();
        if (now - windowStart >= WINDOW_MILLIS) {
            windowStart = now;
            wrongCount = 0;
        }
        wrongCount++;
        if (wrongCount == WRONG_PER_WINDOW) {
            Event.log("dev.ktrdr.access", Severity.WARNING, "many wrong API tokens", Map.of());
        }
        return wrongCount;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
