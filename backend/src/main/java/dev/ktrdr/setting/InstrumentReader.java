package dev.ktrdr.setting;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.CostModel;
import dev.ktrdr.market.Instrument;
import dev.ktrdr.market.Instrument.Kind;
import dev.ktrdr.market.Instruments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Makes instruments of the nodes of a YAML file, and gathers what is wrong with them.
final class InstrumentReader {

    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "name",
                    "calendar",
                    "currency",
                    "tick-size",
                    "lot-size",
                    "signed",
                    "costs");
    private static final List<String> COSTS =
            List.of(
                    "commission-rate",
                    "commission-per-unit",
                    "commission-min",
                    "slippage-rate",
                    "spread");

    private final Path path;
    private final List<Problem> problems = new ArrayList<>();

    InstrumentReader(Path path) {
        this.path = path;
    }

    List<Problem> problems() {
        return problems;
    }

    /// {@return the instruments that are described well}
    List<Instrument> read(@Nullable Node root) {
        if (root == null || (root instanceof ScalarNode text && text.getValue().isEmpty())) {
            return List.of();
        }
        Map<String, Instrument> instruments = new LinkedHashMap<>();
        entries(root, "the file")
                .forEach(
                        (symbol, node) -> {
                            int before = problems.size();
                            Instrument instrument = instrument(symbol, node);
                            if (problems.size() == before) {
                                instruments.put(symbol, instrument);
                            }
                        });
        return List.copyOf(instruments.values());
    }

    private Instrument instrument(String symbol, Node node) {
        Map<String, Node> entries = entries(node, symbol);
        check(symbol, entries, KEYS);
        // A guess fills what is not said, such as the calendar of a pair of currencies.
        Instrument guess = Instruments.none().of(symbol);
        Kind kind = kind(entries).orElse(guess.kind());
        double tickSize = number(entries, "tick-size", guess.tickSize());
        return new Instrument(
                symbol,
                kind,
                text(entries, "name").orElse(symbol),
                calendar(entries).orElse(guess.calendar()),
                text(entries, "currency").orElse(guess.currency()),
                tickSize,
                number(entries, "lot-size", guess.lotSize()),
                costs(symbol, entries, CostModel.of(kind, tickSize)),
                flag(entries),
                true);
    }

    private Optional<Kind> kind(Map<String, Node> entries) {
        List<String> known =
                Stream.of(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
        return text(entries, "kind")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> isKnown(entries, "kind", text, known))
                .map(text -> Kind.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private Optional<TradingCalendar> calendar(Map<String, Node> entries) {
        List<String> known = TradingCalendar.all().stream().map(TradingCalendar::id).toList();
        return text(entries, "calendar")
                .flatMap(
                        text -> {
                            Optional<TradingCalendar> found = TradingCalendar.parse(text);
                            return found.isPresent() || isKnown(entries, "calendar", text, known)
                                    ? found
                                    : Optional.empty();
                        });
    }

    private boolean isKnown(
            Map<String, Node> entries, String key, String text, List<String> known) {
        if (!known.contains(text)) {
            problem(
                    entries.get(key),
                    "%s must be one of %s, was %s".formatted(key, String.join(", ", known), text));
        }
        return known.contains(text);
    }

    private CostModel costs(String symbol, Map<String, Node> entries, CostModel usual) {
        Node node = entries.get("costs");
        if (node == null) {
            return usual;
        }
        Map<String, Node> costs = entries(node, symbol + ".costs");
        check(symbol + ".costs", costs, COSTS);
        return new CostModel(
                number(costs, "commission-rate", usual.commissionRate()),
                number(costs, "commission-per-unit", usual.commissionPerUnit()),
                number(costs, "commission-min", usual.commissionMin()),
                number(costs, "slippage-rate", usual.slippageRate()),
                number(costs, "spread", usual.spread()));
    }

    private boolean flag(Map<String, Node> entries) {
        String text = text(entries, "signed").orElse("false");
        return isKnown(entries, "signed", text, List.of("true", "false")) && text.equals("true");
    }

    private double number(Map<String, Node> entries, String key, double usual) {
        Optional<String> text = text(entries, key);
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.get().matches("[0-9]{1,15}(\\.[0-9]{1,15})?([eE]-[0-9]{1,2})?")) {
            problem(entries.get(key), key + " must be a number of 0 or more, was " + text.get());
            return usual;
        }
        return Double.parseDouble(text.get());
    }

    private Optional<String> text(Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return Optional.of(scalar.getValue());
        }
        if (node != null) {
            problem(node, key + " must be a word");
        }
        return Optional.empty();
    }

    private void check(String place, Map<String, Node> entries, List<String> known) {
        entries.forEach(
                (key, node) -> {
                    if (!known.contains(key)) {
                        String hint =
                                Nearest.of(key, known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; known: " + String.join(", ", known));
                        problem(node, "unknown key " + place + "." + key + hint);
                    }
                });
    }

    private Map<String, Node> entries(Node node, String place) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, place + " must be a mapping");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().isBlank()) {
                problem(tuple.getKeyNode(), "a key of " + place + " must be a word");
            } else if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
                problem(key, key.getValue() + " is there twice");
            }
        }
        return entries;
    }

    private void problem(@Nullable Node node, String message) {
        int line = node == null ? 1 : node.getStartMark().getLine() + 1;
        problems.add(new Problem(path + ":" + line, message));
    }
}
