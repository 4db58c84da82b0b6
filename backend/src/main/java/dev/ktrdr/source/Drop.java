package dev.ktrdr.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A file that was put into the inbox, and what it says it is.
///
/// The series stands in the name, `SPX_1d.csv`, `BTC_USDT-1m-2024-01.csv.gz`, or in two folders,
/// `BTC_USDT/1m/january.csv`. In both `_` stands for `/`, and `%XX` for any character: `%5F` is a
/// real `_`, and `1mo` is another way to write `1M`, which not every disk can tell from `1m`.
/// `NAME.options.json` beside it may say more, and say it over: `symbol`, `timeframe`, and whatever
/// an import takes.
///
/// @param file where it lies
/// @param name the series it belongs to
/// @param options from the file beside it, without symbol and timeframe; empty if there is none
public record Drop(Path file, SeriesName name, Map<String, Object> options) {

    static final String OPTIONS = ".options.json";

    private static final String MONTH_ALIAS = "1mo";
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int OPTIONS_BYTES_MAX = 64_000;
    private static final String TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).collect(Collectors.joining("|"));
    private static final Pattern NAME =
            Pattern.compile("(.+?)[_-](%s|%s)(?:[._-].*)?".formatted(TIMEFRAMES, MONTH_ALIAS));
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /// Copies the options.
    public Drop {
        options = Map.copyOf(options);
    }

    /// A symbol and a timeframe as they were written, empty where they were not.
    private record Words(String symbol, String timeframe) {}

    /// {@return what the file at `path` below `inbox` is}
    ///
    /// @throws StoreException of kind INVALID if it does not say so; the message says how to
    /// @throws IOException if the options are there and cannot be read
    static Drop of(Path inbox, Path path) throws IOException {
        Map<String, Object> options = options(path);
        Path place = inbox.relativize(path);
        Words words = place.getNameCount() == 3 ? ofFolders(place) : ofName(place);
        String symbol = String.valueOf(options.getOrDefault("symbol", words.symbol()));
        String timeframe = String.valueOf(options.getOrDefault("timeframe", words.timeframe()));
        if (symbol.isEmpty() || timeframe.isEmpty()) {
            throw invalid(
                    "the name does not say which series this is; call it SYMBOL_TIMEFRAME.csv, such"
                            + " as SPX_1d.csv or BTC_USDT-1m.csv (_ stands for /), or put it into"
                            + " the folders SYMBOL/TIMEFRAME");
        }
        options.keySet().removeAll(Set.of("symbol", "timeframe"));
        return new Drop(path, SeriesName.of(symbol, unaliased(timeframe)), options);
    }

    private static Words ofFolders(Path place) {
        return new Words(symbol(place.getName(0).toString()), place.getName(1).toString());
    }

    private static Words ofName(Path place) {
        Matcher parts = NAME.matcher(place.getFileName().toString());
        return parts.matches()
                ? new Words(symbol(parts.group(1)), parts.group(2))
                : new Words("", "");
    }

    private static String unaliased(String timeframe) {
        return timeframe.equals(MONTH_ALIAS) ? Timeframe.MONTH.id() : timeframe;
    }

    private static String symbol(String escaped) {
        return ESCAPE.matcher(escaped.replace('_', '/'))
                .replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult escape) {
        return Character.toString(Integer.parseInt(escape.group(1), 16));
    }

    /// {@return where the options of the file at `path` lie, if it has any}
    static Path optionsOf(Path path) {
        return path.resolveSibling(path.getFileName() + OPTIONS);
    }

    private static Map<String, Object> options(Path path) throws IOException {
        Path file = optionsOf(path);
        if (!Files.isRegularFile(file)) {
            return new HashMap<>();
        }
        if (Files.size(file) > OPTIONS_BYTES_MAX) {
            throw invalid(file.getFileName() + " is too long to be options");
        }
        try {
            JsonNode text = JSON.readTree(Files.readAllBytes(file));
            if (!text.isObject()) {
                throw invalid(file.getFileName() + " is no JSON object");
            }
            Map<String, Object> options = new HashMap<>();
            for (Map.Entry<String, JsonNode> option : text.properties()) {
                if (!option.getValue().isNull()) {
                    options.put(
                            option.getKey(), JSON.convertValue(option.getValue(), Object.class));
                }
            }
            return options;
        } catch (JsonProcessingException e) {
            throw invalid(
                    "%s is no JSON object: %s"
                            .formatted(file.getFileName(), e.getOriginalMessage()));
        }
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
