package dev.ktrdr.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.HandClock;
import dev.ktrdr.operation.Access.Verdict;
import dev.ktrdr.setting.Settings;
import dev.ktrdr.setting.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final int BUDGET = 30;

    @TempDir private Path secrets = Path.of("");
    private final HandClock clock = HandClock.anywhere();

    private Access access(String... pairs) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("KTRDR_CONFIG_DIR", secrets.toString());
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        Settings settings = SettingsReader.read(environment);
        return Access.of(settings, secrets, clock);
    }

    private Path file() {
        return secrets.resolve("api-token");
    }

    @Test
    void developmentWithoutATokenLetsEverybodyIn() throws Exception {
        Access access = access("ENVIRONMENT", "development");
        assertThat(access.verdict("")).isEqualTo(Verdict.GRANTED);
        assertThat(access.verdict("Bearer anything")).isEqualTo(Verdict.GRANTED);
        assertThat(file()).doesNotExist();
    }

    @Test
    void developmentWithATokenWantsIt() throws Exception {
        Access access = access("KTRDR_API_TOKEN", "right");
        assertThat(access.verdict("")).isEqualTo(Verdict.DENIED);
        assertThat(access.verdict("Bearer right")).isEqualTo(Verdict.GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer right", "bearer right", "BEARER   right ", "Bearer right\t"})
    void rightTokenIsGranted(String header) throws Exception {
        assertThat(access("KTRDR_API_TOKEN", "right").verdict(header)).isEqualTo(Verdict.GRANTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "right",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer Right",
                "Bearer righ",
                "Bearer rightx",
                "Basic right",
                "Bearer right right",
                "Bearerright",
                "Bearer right,"
            })
    void anythingElseIsDenied(String header) throws Exception {
        assertThat(access("KTRDR_API_TOKEN", "right").verdict(header)).isEqualTo(Verdict.DENIED);
    }

    @Test
    void productionGeneratesATokenThatOnlyTheOwnerReads() throws Exception {
        Access access = access("ENVIRONMENT", "production");
        String token = Files.readString(file()).strip();
        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(access.verdict("Bearer " + token)).isEqualTo(Verdict.GRANTED);
        assertThat(access.verdict("")).isEqualTo(Verdict.DENIED);
        try (var files = Files.list(secrets)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void generatedTokenStaysTheSameAcrossStarts() throws Exception {
        access("ENVIRONMENT", "production");
        String token = Files.readString(file());
        access("ENVIRONMENT", "production");
        assertThat(file()).hasContent(token);
    }

    @Test
    void tokenThatWasGivenWinsAndNoneIsGenerated() throws Exception {
        Access access = access("ENVIRONMENT", "production", "KTRDR_API_TOKEN", "given");
        assertThat(access.verdict("Bearer given")).isEqualTo(Verdict.GRANTED);
        assertThat(file()).doesNotExist();
    }

    /// A start that was cut off may leave an empty file; it must not open the door to everybody.
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n"})
    void emptyTokenFileNeverLetsAnybodyIn(String content) throws Exception {
        Files.writeString(file(), content);
        Access access = access("ENVIRONMENT", "production");
        assertThat(access.verdict("")).isEqualTo(Verdict.DENIED);
        assertThat(access.verdict("Bearer ")).isEqualTo(Verdict.DENIED);
        String token = Files.readString(file()).strip();
        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(access.verdict("Bearer " + token)).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void secretsThatCannotBeWrittenStopTheStart() throws Exception {
        Path blocked = Files.writeString(secrets.resolve("file"), "");
        Settings production =
                SettingsReader.read(
                        Map.of(
                                "ENVIRONMENT",
                                "production",
                                "KTRDR_CONFIG_DIR",
                                secrets.toString()));
        assertThatThrownBy(() -> Access.of(production, blocked.resolve("secrets"), clock))
                .isInstanceOf(IOException.class);
    }

    @Test
    void wrongTokensBeyondTheBudgetAreTooManyUntilTheWindowEnds() throws Exception {
        Access access = access("KTRDR_API_TOKEN", "right");
        for (int i = 0; i < BUDGET; i++) {
            assertThat(access.verdict("Bearer wrong" + i)).isEqualTo(Verdict.DENIED);
        }
        assertThat(access.verdict("Bearer wrong")).isEqualTo(Verdict.TOO_MANY);
        assertThat(access.retryAfterSeconds()).isEqualTo(60);
        clock.advance(Duration.ofSeconds(45));
        assertThat(access.verdict("Bearer wrong")).isEqualTo(Verdict.TOO_MANY);
        assertThat(access.retryAfterSeconds()).isEqualTo(15);
        clock.advance(Duration.ofSeconds(15));
        assertThat(access.verdict("Bearer wrong")).isEqualTo(Verdict.DENIED);
    }

    @Test
    void rightTokenIsNeverLockedOut() throws Exception {
        Access access = access("KTRDR_API_TOKEN", "right");
        for (int i = 0; i < 10 * BUDGET; i++) {
            access.verdict("Bearer wrong");
        }
        assertThat(access.verdict("Bearer right")).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void requestWithoutAHeaderIsNotCounted() throws Exception {
        Access access = access("KTRDR_API_TOKEN", "right");
        for (int i = 0; i < 10 * BUDGET; i++) {
            assertThat(access.verdict("")).isEqualTo(Verdict.DENIED);
        }
        assertThat(access.verdict("Bearer wrong")).isEqualTo(Verdict.DENIED);
    }

    @Test
    void hugeHeaderIsDenied() throws Exception {
        assertThat(access("KTRDR_API_TOKEN", "right").verdict("Bearer " + "x".repeat(1_000_000)))
                .isEqualTo(Verdict.DENIED);
    }
}
