package dev.ktrdr.export;

import dev.ktrdr.market.Bars;

/// Bars on their way out.
///
/// @param symbol as the market calls it
/// @param timeframe identifier of the timeframe, such as `1d`
/// @param parts the bars in pieces, in the order in which they go out; may be walked twice. Within
///     a piece the oldest bar comes first
/// @param newestFirst whether each piece goes out from its end
/// @param nextCursor where to go on, empty if nothing follows
public record Extract(
        String symbol,
        String timeframe,
        Iterable<Bars> parts,
        boolean newestFirst,
        String nextCursor) {

    /// {@return the position in `part` of the row that goes out as number `row`}
    int index(Bars part, int row) {
        return newestFirst ? part.count() - 1 - row : row;
    }

    /// {@return whether a bar among these was filled in on purpose}
    boolean hasSynthetic() {
        for (Bars part : parts) {
            if (part.syntheticCount() > 0) {
                return true;
            }
        }
        return false;
    }
}
