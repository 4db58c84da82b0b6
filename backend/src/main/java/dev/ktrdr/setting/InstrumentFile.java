package dev.ktrdr.setting;

import dev.ktrdr.market.Instruments;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// `config/instruments.yaml`: what the symbols stand for.
///
///     SPX:
///       kind: index
///       name: S&P 500
///       calendar: NYSE
///       currency: USD
///       costs: {slippage-rate: 0.0001}
///
/// A mistake takes one instrument away and not the service: what is right is used, and the problems
/// tell file, line and key.
///
/// @param instruments those that are described well; all others are guessed from their symbols
/// @param problems what has to be mended
public record InstrumentFile(Instruments instruments, List<Problem> problems) {

    /// Copies the list.
    public InstrumentFile {
        problems = List.copyOf(problems);
    }

    /// {@return the content of the file at `path`; nothing if there is no such file}
    public static InstrumentFile read(Path path) {
        if (!Files.exists(path)) {
            return new InstrumentFile(Instruments.none(), List.of());
        }
        try {
            Node root =
                    new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(path)));
            InstrumentReader reader = new InstrumentReader(path);
            return new InstrumentFile(Instruments.of(reader.read(root)), reader.problems());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return unreadable(path + ":" + line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            return unreadable(path.toString(), "not YAML: " + e.getMessage());
        } catch (IOException e) {
            return unreadable(path.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private static InstrumentFile unreadable(String place, String message) {
        return new InstrumentFile(Instruments.none(), List.of(new Problem(place, message)));
    }
}
