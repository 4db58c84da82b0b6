package dev.ktrdr.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The content of `schema-version`: which layout the folder has, and which program wrote it.
///
/// @param schema number of the layout, 1 or more
/// @param version of the program, such as `1.0.5.5`
public record SchemaVersion(int schema, String version) {

    private static final Pattern TEXT =
            Pattern.compile("schema ([0-9]{1,6}), written by KTRDR ([^\\s]{1,64})\\s*");

    /// {@return the content of a file}
    ///
    /// @throws StoreException if it is not what [#text] writes
    public static SchemaVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "schema-version must read like 'schema 1, written by KTRDR 1.0.5.5'");
        }
        return new SchemaVersion(Integer.parseInt(matcher.group(1)), matcher.group(2));
    }

    /// {@return the line for the file}
    public String text() {
        return "schema %d, written by KTRDR %s\n".formatted(schema, version);
    }
}
