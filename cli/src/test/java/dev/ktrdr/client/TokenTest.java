package dev.ktrdr.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ktrdr.client.Failure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

    @TempDir private Path folder = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    private Optional<Token> find(boolean loopback) {
        return Token.find(Machine.with(folder, environment), loopback);
    }

    private Path generated(String data) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve(data).resolve("secrets"));
        return Files.writeString(secrets.resolve("api-token"), "generated\n");
    }

    @Test
    void tokenOfTheEnvironmentComesFirst() throws IOException {
        generated("data");
        environment.put("KTRDR_API_TOKEN", "given");
        assertThat(find(true)).contains(new Token("given", "KTRDR_API_TOKEN"));
    }

    @Test
    void tokenIsReadFromTheNamedFileWithoutItsLineFeed() throws IOException {
        Files.writeString(folder.resolve("token"), "from-file\n");
        environment.put("KTRDR_API_TOKEN", "");
        environment.put("KTRDR_API_TOKEN_FILE", "token");
        assertThat(find(false)).contains(new Token("from-file", "KTRDR_API_TOKEN_FILE"));
    }

    @Test
    void tokenThatTheServiceGeneratedIsFoundInTheDataFolder() throws IOException {
        Path file = generated("data");
        assertThat(find(true)).contains(new Token("generated", file.toString()));
    }

    @Test
    void dataFolderOfTheEnvironmentIsSearched() throws IOException {
        Path file = generated("elsewhere");
        environment.put("KTRDR_DATA_DIR", "elsewhere");
        assertThat(find(true)).contains(new Token("generated", file.toString()));
    }

    @Test
    void generatedTokenIsNotSentToAnotherMachine() throws IOException {
        generated("data");
        assertThat(find(false)).isEmpty();
    }

    @Test
    void tokenAndFileTogetherAreRefused() {
        environment.put("KTRDR_API_TOKEN", "a");
        environment.put("KTRDR_API_TOKEN_FILE", "b");
        assertThatThrownBy(() -> find(true))
                .hasMessageContaining("both set")
                .extracting(e -> ((Failure) e).kind())
                .isEqualTo(Kind.USAGE);
    }

    @Test
    void namedFileThatIsMissingIsALocalProblem() {
        environment.put("KTRDR_API_TOKEN_FILE", "nowhere");
        assertThatThrownBy(() -> find(true))
                .hasMessageEndingWith("nowhere: no such file or folder")
                .extracting(e -> ((Failure) e).kind())
                .isEqualTo(Kind.LOCAL_FILE);
    }

    @Test
    void tokenThatNoHeaderCanHoldIsRefusedWithoutShowingIt() {
        environment.put("KTRDR_API_TOKEN", "se\ncret");
        assertThatThrownBy(() -> find(true))
                .hasMessage("the token from KTRDR_API_TOKEN must be visible ASCII without spaces");
    }

    @Test
    void textOfATokenDoesNotShowItsValue() {
        assertThat(new Token("secret", "KTRDR_API_TOKEN"))
                .hasToString("token from KTRDR_API_TOKEN");
    }
}
