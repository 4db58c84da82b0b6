package dev.ktrdr.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One bash, as a reader has it open: folder, variables and the last exit code stay from command to
/// command.
final class GuideShell implements AutoCloseable {

    /// What a command printed, both streams in order, and its exit code.
    record Result(List<String> printed, int code) {}

    private static final String END = "--- end of a command of the guide ---";
    private static final Pattern CONTROL =
            Pattern.compile(
                    "\u001b\\[[0-9;?]*[A-Za-z]|\u001b\\][^\u0007]*\u0007|[\\x00-\\x08\\x0e-\\x1f]");
    private static final Pattern PROMPT = Pattern.compile("ktrdr@\\S+:\\S+\\$ (.+)");

    private final Process bash;
    private final Writer in;
    private final Path script;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int code;

    GuideShell(Path folder, Map<String, String> environment) throws IOException {
        script = Files.createTempFile("ktrdr-guide", ".sh");
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc");
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        bash = builder.start();
        in = bash.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
        in.write(
                "command -v docker-compose >/dev/null"
                        + " || docker-compose() { docker compose \"$@\"; }\n");
    }

    private void read() {
        try (BufferedReader out = bash.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            lines.add("the shell ended: " + e.getMessage());
        }
    }

    /// {@return what `command` did}
    ///
    /// @throws IOException if it did not end in time; the shell is closed then
    Result run(GuideDocument.Command command, Duration limit) throws IOException {
        Files.writeString(script, typed(command) + "\n");
        in.write(
                "(exit %d); . '%s' </dev/null; printf '\\n%s %%d\\n' $?\n"
                        .formatted(code, script, END));
        in.flush();
        List<String> printed = new ArrayList<>();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String line = next(deadline, printed);
            if (line.startsWith(END)) {
                code = Integer.parseInt(line.substring(END.length()).strip());
                return new Result(tidy(printed), code);
            }
            printed.add(line);
        }
    }

    private String next(long deadline, List<String> printed) throws IOException {
        try {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line != null) {
                return line;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new IOException("it did not end in time; so far:\n" + String.join("\n", printed));
    }

    /// A command that wants a terminal gets one, and what stands behind the inner prompts is typed.
    private static String typed(GuideDocument.Command command) {
        if (!command.text().contains(" -it ")) {
            return command.text();
        }
        StringBuilder keys = new StringBuilder();
        for (String line : command.output()) {
            Matcher prompt = PROMPT.matcher(line);
            if (prompt.matches()) {
                keys.append("sleep 1; printf '%s\\n' ").append(quoted(prompt.group(1)));
                keys.append("; ");
            }
        }
        String inner = quoted("stty cols 200; " + command.text());
        return "{ %s sleep 1; } | script -qec %s /dev/null | tr -d '\\r'; (exit ${PIPESTATUS[1]})"
                .formatted(keys, inner);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static List<String> tidy(List<String> printed) {
        List<String> plain = new ArrayList<>();
        for (String line : printed) {
            plain.add(CONTROL.matcher(line).replaceAll(""));
        }
        // The last line end, and the one before the mark.
        while (!plain.isEmpty() && plain.getLast().isBlank()) {
            plain.removeLast();
        }
        return plain;
    }

    @Override
    public void close() throws IOException {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
        Files.deleteIfExists(script);
    }
}
