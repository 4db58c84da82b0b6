package dev.ktrdr.setting;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// `config/application.yaml` flattened to dotted keys, each with its line.
final class SettingsFile {

    record Entry(String text, int line) {}

    private final Path path;
    private final List<Problem> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// The mappings around the one that is read; an alias can lead back into one of them.
    private final Set<Node> open = new HashSet<>();

    private SettingsFile(Path path, List<Problem> problems) {
        this.path = path;
        this.problems = problems;
    }

    /// {@return the entries of the file at `path`, none if there is no such file}
    ///
    /// @param problems gets what cannot be read
    static Map<String, Entry> read(Path path, List<Problem> problems) {
        SettingsFile file = new SettingsFile(path, problems);
        if (Files.exists(path)) {
            file.parse();
        }
        return file.entries;
    }

    private void parse() {
        try {
            String text = Files.readString(path);
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                flatten("", mapping);
            } else if (root != null && !isEmpty(root)) {
                problems.add(new Problem(at(1), "must be a mapping such as `log: {level: INFO}`"));
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new Problem(at(line), "not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            problems.add(new Problem(path.toString(), "not YAML: " + e.getMessage()));
        } catch (IOException e) {
            problems.add(new Problem(path.toString(), "cannot be read: " + e.getMessage()));
        }
    }

    /// A document may begin with `---` and hold nothing.
    private static boolean isEmpty(Node root) {
        return root instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private void flatten(String prefix, MappingNode mapping) {
        if (!open.add(mapping)) {
            int line = mapping.getStartMark().getLine() + 1;
            problems.add(new Problem(at(line), "a value must not contain itself"));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(new Problem(at(line), "a key must be a word"));
                continue;
            }
            String key = prefix + name.getValue();
            switch (tuple.getValueNode()) {
                case MappingNode inner -> flatten(key + ".", inner);
                case SequenceNode list -> put(key, join(list), line);
                case ScalarNode scalar -> put(key, scalar.getValue(), line);
                default -> problems.add(new Problem(at(line), key + " has no value"));
            }
        }
        open.remove(mapping);
    }

    private void put(String key, String text, int line) {
        if (entries.putIfAbsent(key, new Entry(text, line)) != null) {
            problems.add(new Problem(at(line), key + " is set twice"));
        }
    }

    private static String join(SequenceNode list) {
        return String.join(
                ",",
                list.getValue().stream()
                        .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "?")
                        .toList());
    }

    private String at(int line) {
        return path + ":" + line;
    }
}
