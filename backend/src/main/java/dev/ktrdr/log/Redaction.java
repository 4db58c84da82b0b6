package dev.ktrdr.log;

import java.util.regex.Pattern;

/// Takes secrets out of text before it is logged.
///
/// Masked are the values after words that name a secret (`token=…`, `"password": "…"`) and bearer
/// credentials. The patterns are linear in the length of the text.
public final class Redaction {

    private static final String MASK = "********";

    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)((?:api[_-]?key|token|secret|password|passwd|authorization|cookie)"
                            + "[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)(?!bearer|basic)"
                            + "[^\\s\"'&,;]++");
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)\\b(bearer|basic)\\s{1,3}[a-z0-9._~+/=-]{6,}+");

    private Redaction() {}

    /// {@return `text` with every value that looks like a secret masked}
    public static String of(String text) {
        String named = NAMED.matcher(text).replaceAll("$1" + MASK);
        return CREDENTIALS.matcher(named).replaceAll("$1 " + MASK);
    }
}
