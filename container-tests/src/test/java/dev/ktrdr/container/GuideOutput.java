package dev.ktrdr.container;

import java.util.List;
import java.util.regex.Pattern;

/// What a command prints, in the notation of the guide: `...` inside a line stands for any text,
/// and alone in a line for any lines, also none.
final class GuideOutput {

    private static final String ANY = "...";

    private GuideOutput() {}

    static boolean fits(List<String> expected, List<String> printed) {
        boolean[] reached = new boolean[printed.size() + 1];
        reached[0] = true;
        for (String line : expected) {
            reached = after(line, reached, printed);
        }
        return reached[printed.size()];
    }

    /// `reached[n]`: what was expected so far fits the first n lines.
    private static boolean[] after(String line, boolean[] reached, List<String> printed) {
        boolean[] next = new boolean[reached.length];
        Pattern pattern = pattern(line);
        for (int n = 0; n < reached.length; n++) {
            if (line.strip().equals(ANY)) {
                next[n] = reached[n] || (n > 0 && next[n - 1]);
            } else if (n > 0) {
                next[n] = reached[n - 1] && pattern.matcher(printed.get(n - 1).strip()).matches();
            }
        }
        return next;
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Pattern.quote(line.strip()).replace(ANY, "\\E.*\\Q").replace("\\Q\\E", ""));
    }
}
