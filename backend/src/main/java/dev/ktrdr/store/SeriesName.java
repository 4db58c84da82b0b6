package dev.ktrdr.store;

import dev.ktrdr.market.Timeframe;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The name of one series, and the folder it has in the lake.
///
/// Any printable symbol up to 64 characters is legal: `BTC/USDT`, `BRK.B`, `^GSPC`. In the path
/// every byte outside `A-Z a-z 0-9 _ -` and inner dots is written as `%XX`, so that a symbol is
/// always exactly one folder below `bars/` and can be read back from it.
///
/// @param symbol as the market calls it
/// @param timeframe length of the bars
public record SeriesName(String symbol, Timeframe timeframe) {

    private static final String SYMBOL_FOLDER = "symbol=";
    private static final String MONTH_FOLDER = "1mo";
    private static final String TIMEFRAME_FOLDER = "timeframe=";

    /// Checks the symbol.
    public SeriesName {
        boolean printable = symbol.codePoints().allMatch(c -> c > ' ' && c < 0x7f);
        if (symbol.isEmpty()
                || symbol.length() > 64
                || !printable
                || symbol.contains("..")
                || symbol.equals(".")) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "a symbol has 1 to 64 printable ASCII characters, no blank and no '..'");
        }
    }

    /// {@return the name of `symbol` at the timeframe written as `timeframe`}
    public static SeriesName of(String symbol, String timeframe) {
        Timeframe parsed =
                Timeframe.parse(timeframe)
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                StoreException.Kind.INVALID,
                                                "unknown timeframe '%s'; known: %s"
                                                        .formatted(timeframe, knownTimeframes())));
        return new SeriesName(symbol, parsed);
    }

    private static String knownTimeframes() {
        return String.join(" ", Stream.of(Timeframe.values()).map(Timeframe::id).toList());
    }

    /// {@return the folder below `bars/`}
    ///
    /// Months are `timeframe=1mo`: some disks take `1M` for `1m`.
    Path folder() {
        String id = timeframe == Timeframe.MONTH ? MONTH_FOLDER : timeframe.id();
        return Path.of(TIMEFRAME_FOLDER + id, SYMBOL_FOLDER + escape(symbol));
    }

    /// {@return the name whose folder below `bars/` is `folder`, empty if it is none of ours}
    static Optional<SeriesName> ofFolder(Path folder) {
        if (folder.getNameCount() != 2) {
            return Optional.empty();
        }
        String first = folder.getName(0).toString();
        String second = folder.getName(1).toString();
        if (!first.startsWith(TIMEFRAME_FOLDER) || !second.startsWith(SYMBOL_FOLDER)) {
            return Optional.empty();
        }
        String id = first.substring(TIMEFRAME_FOLDER.length());
        return Timeframe.parse(id.equals(MONTH_FOLDER) ? Timeframe.MONTH.id() : id)
                .flatMap(
                        timeframe -> {
                            try {
                                String symbol = unescape(second.substring(SYMBOL_FOLDER.length()));
                                return Optional.of(new SeriesName(symbol, timeframe));
                            } catch (StoreException | IllegalArgumentException notOurs) {
                                return Optional.empty();
                            }
                        })
                .filter(name -> name.folder().equals(folder));
    }

    private static String escape(String symbol) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || c == '_' || c == '-';
            boolean innerDot = c == '.' && i > 0 && i < symbol.length() - 1;
            safe.append(plain || innerDot ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return safe.toString();
    }

    private static String unescape(String folder) {
        return URLDecoder.decode(folder.replace("+", "%2B"), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "%s %s".formatted(symbol, timeframe.id());
    }
}
