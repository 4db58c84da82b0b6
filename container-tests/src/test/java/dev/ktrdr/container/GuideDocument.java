package dev.ktrdr.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The guide as a list of things to do, in the order of the page.
///
/// A block marked `console` holds commands, each after `$ ` and continued with `> `, and below it
/// what it prints. A block of another language, after a line `File `NAME`:`, is a file to write. A
/// block marked `text` is for reading; if it holds commands, the paragraph before it says why they
/// are "not run by the test".
final class GuideDocument {

    /// Something to do.
    sealed interface Step {

        /// {@return the line of the page}
        int line();
    }

    /// A command and what it prints.
    record Command(int line, String text, List<String> output) implements Step {
        Command {
            output = List.copyOf(output);
        }
    }

    /// A file to write.
    record Written(int line, Path file, String content) implements Step {}

    /// A chapter, which is done in one shell.
    record Section(String title, int line, List<Step> steps) {}

    private static final Pattern FILE = Pattern.compile("File `([^`]+)`.*:");

    private final List<String> lines;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private GuideDocument(List<String> lines) {
        this.lines = lines;
    }

    static GuideDocument read(Path file) throws IOException {
        GuideDocument guide = new GuideDocument(Files.readAllLines(file));
        guide.parse();
        return guide;
    }

    List<Section> sections() {
        return List.copyOf(sections);
    }

    /// {@return blocks that the page may not have, each with its line}
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void parse() {
        sections.add(new Section("before the first heading", 1, new ArrayList<>()));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ")) {
                sections.add(new Section(line.substring(3), i + 1, new ArrayList<>()));
            } else if (line.startsWith("```")) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).equals("```")) {
                    end++;
                }
                block(i, line.substring(3), lines.subList(i + 1, Math.min(end, lines.size())));
                i = end;
            }
        }
    }

    private void block(int fence, String language, List<String> body) {
        List<Step> steps = sections.getLast().steps();
        String before = paragraphBefore(fence);
        Matcher file = FILE.matcher(before.substring(before.lastIndexOf('\n') + 1));
        if (language.equals("console")) {
            commands(fence + 2, body, steps);
        } else if (file.matches() && !language.equals("text")) {
            Path path = Path.of(file.group(1));
            steps.add(new Written(fence + 1, path, String.join("\n", body) + "\n"));
        } else if (!language.equals("text")) {
            problems.add("line %d: a block of '%s' names no file".formatted(fence + 1, language));
        } else if (body.stream().anyMatch(line -> line.startsWith("$ "))
                && !before.replace('\n', ' ').contains("not run by the test")) {
            problems.add("line %d: commands for reading, and no reason".formatted(fence + 1));
        }
    }

    private String paragraphBefore(int fence) {
        int end = fence;
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        int start = end;
        while (start > 0 && !lines.get(start - 1).isBlank()) {
            start--;
        }
        return String.join("\n", lines.subList(start, end));
    }

    private void commands(int firstLine, List<String> body, List<Step> steps) {
        for (int i = 0; i < body.size(); ) {
            int line = firstLine + i;
            if (!body.get(i).startsWith("$ ")) {
                problems.add("line %d: output without a command".formatted(line));
                return;
            }
            StringBuilder text = new StringBuilder(body.get(i).substring(2));
            i++;
            while (i < body.size() && (body.get(i).startsWith("> ") || body.get(i).equals(">"))) {
                text.append('\n').append(body.get(i).length() > 2 ? body.get(i).substring(2) : "");
                i++;
            }
            int from = i;
            while (i < body.size() && !body.get(i).startsWith("$ ")) {
                i++;
            }
            steps.add(new Command(line, text.toString(), body.subList(from, i)));
        }
    }
}
