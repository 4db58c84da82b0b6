package dev.ktrdr.api;

import dev.ktrdr.market.Bars;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.util.List;
import java.util.Map;

/// A series that a path or a body names.
final class SeriesPath {

    private SeriesPath() {}

    /// {@return the series of that name}
    ///
    /// @throws StoreException of kind INVALID if it cannot be one, of kind NOT_FOUND with those of
    ///     a similar name if it is not in the store
    static SeriesName existing(BarLake lake, String symbol, String timeframe) {
        SeriesName name = SeriesName.of(symbol, timeframe);
        if (lake.bytes(name) > 0) {
            return name;
        }
        List<String> nearest = lake.nearest(name).stream().map(SeriesName::toString).toList();
        String near = nearest.isEmpty() ? "" : "; there is " + String.join(", ", nearest);
        Map<String, Object> details = Map.of("nearest", nearest);
        throw new StoreException(Kind.NOT_FOUND, "no data for " + name + near, details);
    }

    /// {@return the open of the first bar of `name`, or of the last, in microseconds since the
    /// epoch, UTC}
    static long edge(BarLake lake, SeriesName name, boolean last) {
        for (Bars part : lake.parts(name, Window.BEGINNING, Window.END, last)) {
            if (part.count() > 0) {
                return part.time(last ? part.count() - 1 : 0);
            }
        }
        throw new StoreException(Kind.NOT_FOUND, "no data for " + name);
    }
}
