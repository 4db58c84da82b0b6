package dev.ktrdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/// Compiles small sources, so that a rule can be tried on classes that break it.
final class Compiled {

    private static final Pattern TYPE = Pattern.compile("(?:class|interface) (\\w+)");

    private Compiled() {}

    /// {@return `folder` with the classes of `sources`, each a whole file of the package it names}
    static Path of(Path folder, String... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        for (String source : sources) {
            Matcher type = TYPE.matcher(source);
            assertThat(type.find()).isTrue();
            Path unit = folder.resolve(type.group(1) + ".java");
            arguments.add(Files.writeString(unit, source).toString());
        }
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).isZero();
        return folder;
    }
}
