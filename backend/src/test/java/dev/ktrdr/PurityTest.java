package dev.ktrdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine touches nothing of the world: same values in, same values out.
///
/// The constant pool of a class names every type and every method that it uses.
class PurityTest {

    /// Types, as they stand in class entries and inside descriptors.
    private static final Pattern WORLDLY =
            Pattern.compile("(?:^|\\[|L)(java/(?:io|net|sql|nio/file|nio/channels)/[\\w/$]+)");

    /// Methods that give another answer each time: clocks and randomness without a seed.
    private static final Pattern UNREPEATABLE =
            Pattern.compile(
                    String.join(
                            "|",
                            "java/time/\\w+\\.now\\(.*",
                            "java/time/Clock\\.(system|tick).*",
                            "java/time/InstantSource\\.system.*",
                            "java/lang/System\\.(currentTimeMillis|nanoTime|getenv|getProp).*",
                            "java/lang/Math\\.random.*",
                            "java/util/(Random|SplittableRandom)\\.<init>\\(\\)V",
                            "java/util/UUID\\.randomUUID.*",
                            "java/util/concurrent/ThreadLocalRandom\\..*",
                            "java/security/SecureRandom\\..*",
                            "java/util/random/RandomGenerator\\.(getDefault|of)\\(.*",
                            "java/util/random/RandomGeneratorFactory\\.create\\(\\).*"));

    private static Set<String> impure(Path classes) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> compiled = files.filter(f -> f.toString().endsWith(".class")).toList();
            for (Path file : compiled) {
                ClassModel model = ClassFile.of().parse(file);
                String name = model.thisClass().asInternalName();
                for (PoolEntry entry : model.constantPool()) {
                    impurity(entry).ifPresent(use -> found.add(name + ": " + use));
                }
            }
        }
        return found;
    }

    private static Optional<String> impurity(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type -> worldly(type.asInternalName());
            case Utf8Entry text -> worldly(text.stringValue()).filter(_ -> isDescriptor(text));
            case MemberRefEntry member -> {
                String owner = member.owner().asInternalName();
                String use =
                        owner + "." + member.name().stringValue() + member.type().stringValue();
                yield UNREPEATABLE.matcher(use).matches() ? Optional.of(use) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<String> worldly(String text) {
        var matcher = WORLDLY.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isDescriptor(Utf8Entry text) {
        return text.stringValue().matches("[(<\\[L].*;.*");
    }

    /// {@return `folder` with one class for each of `members`}
    private static Path planted(Path folder, List<String> members) throws IOException {
        String[] sources = new String[members.size()];
        for (int i = 0; i < sources.length; i++) {
            String type = "public class Planted" + i;
            sources[i] = "package dev.ktrdr.planted; " + type + " { " + members.get(i) + " }";
        }
        return Compiled.of(folder, sources);
    }

    @Test
    void engineTouchesNothingOfTheWorld() throws IOException {
        assertThat(impure(Project.root().resolve("engine/target/classes"))).isEmpty();
    }

    /// The test above would also pass if it read nothing.
    @Test
    void everyClassOfTheEngineIsRead() throws IOException {
        try (Stream<Path> files = Files.walk(Project.root().resolve("engine/target/classes"))) {
            assertThat(files.filter(f -> f.endsWith("Bars.class"))).hasSize(1);
        }
    }

    @Test
    void impureCodeIsFound(@TempDir Path folder) throws IOException {
        List<String> members =
                List.of(
                        "java.io.File file;",
                        "void read(java.io.InputStream in) {}",
                        "java.util.List<java.nio.file.Path> paths;",
                        "Object fetch() throws Exception { return new java.net.URI(\"a:b\"); }",
                        "java.sql.Connection[] connections;",
                        "Object now() { return java.time.Instant.now(); }",
                        "Object now() { return java.time.LocalDate.now(); }",
                        "Object clock() { return java.time.Clock.systemUTC(); }",
                        "long now() { return System.currentTimeMillis(); }",
                        "java.util.function.LongSupplier now() { return System::nanoTime; }",
                        "Object random() { return new java.util.Random(); }",
                        "double random() { return Math.random(); }",
                        "Object r() { return java.util.concurrent.ThreadLocalRandom.current(); }");
        Set<String> found = impure(planted(folder, members));
        for (int i = 0; i < members.size(); i++) {
            String type = "dev/ktrdr/planted/Planted" + i + ":";
            assertThat(found).as(members.get(i)).anyMatch(use -> use.startsWith(type));
        }
    }

    @Test
    void pureCodeIsLeftAlone(@TempDir Path folder) throws IOException {
        List<String> members =
                List.of(
                        "Object random() { return new java.util.Random(7); }",
                        "Object random() { return new java.util.SplittableRandom(7); }",
                        "Object at(long s) { return java.time.Instant.ofEpochSecond(s); }",
                        "String text() { return \"java/io/File is not used here; Ljava/io\"; }");
        assertThat(impure(planted(folder, members))).isEmpty();
    }
}
