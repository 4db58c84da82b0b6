package dev.ktrdr.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Changing and comparing programs without compiling them.
final class Jars {

    private Jars() {}

    /// Replaces text in one class of `jar` by other text of the same length.
    static void replaceText(Path jar, String entry, String old, String fresh) throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean changed = false;
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry one : in.stream().toList()) {
                out.putNextEntry(new ZipEntry(one.getName()));
                byte[] content = in.getInputStream(one).readAllBytes();
                if (one.getName().equals(entry)) {
                    // One byte a character, so that nothing else of the class changes.
                    String text = new String(content, StandardCharsets.ISO_8859_1);
                    changed = text.contains(old);
                    content = text.replace(old, fresh).getBytes(StandardCharsets.ISO_8859_1);
                }
                out.write(content);
            }
        }
        if (!changed || old.length() != fresh.length()) {
            throw new IllegalArgumentException(entry + " does not hold the text: " + old);
        }
        Files.write(jar, bytes.toByteArray());
    }

    /// {@return the names of the entries with a hash of their content, blind to the number that
    /// follows `word` in a constant, and to the length of that constant}
    static Map<String, Integer> withoutNumbersOf(String word, Path jar) throws IOException {
        Pattern constant = Pattern.compile("(?s).." + word + "[0-9]+");
        Map<String, Integer> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry one : zip.stream().toList()) {
                byte[] content = zip.getInputStream(one).readAllBytes();
                String text = new String(content, StandardCharsets.ISO_8859_1);
                entries.put(one.getName(), constant.matcher(text).replaceAll(word).hashCode());
            }
        }
        return entries;
    }
}
