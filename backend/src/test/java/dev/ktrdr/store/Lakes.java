package dev.ktrdr.store;

import dev.ktrdr.market.BarBuffer;
import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.series.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Lakes and bars for tests.
final class Lakes {

    private Lakes() {}

    static final SeriesName SPX = SeriesName.of("SPX", "1d");
    static final String SPX_FOLDER = "timeframe=1d/symbol=SPX";
    static final BarRules RULES = BarRules.of(SPX.timeframe());
    static final long DAY = 86_400_000_000L;
    static final long ALWAYS = Long.MAX_VALUE / 2;

    /// What a test does with a lake.
    interface Use {
        void in(BarLake lake, Path bars) throws Exception;
    }

    static BarLake of(DataFolder folder) {
        return new BarLake(folder, StateDatabase.open(folder.database()), _ -> false, 64_000_000);
    }

    /// Adds `bars` to `name`, where existing ones stay.
    ///
    /// @return how many bars the series has now
    static long merge(BarLake lake, SeriesName name, Bars bars) {
        lake.merge(name, bars, Merge.KEEP);
        return lake.count(name);
    }

    static void with(Path data, Use use) throws Exception {
        try (DataFolder folder = DataFolder.open(data, "1.0.5.5");
                BarLake lake = of(folder)) {
            use.in(lake, folder.bars());
        }
    }

    /// {@return bars with all four prices `price`, one for each of `days` since 1970, volume 7}
    static Bars bars(double price, long... days) {
        double[] prices = new double[days.length];
        double[] volumes = new double[days.length];
        Arrays.fill(prices, price);
        Arrays.fill(volumes, 7);
        Series four = Series.of(prices);
        long[] times = Arrays.stream(days).map(day -> day * DAY).toArray();
        return Bars.of(RULES, times, four, four, four, four, Series.of(volumes));
    }

    /// {@return bars of `name` with all four prices `price`, the first ones since 1970 on its grid}
    static Bars bars(SeriesName name, double price, int... positions) {
        BarBuffer bars = new BarBuffer(BarRules.of(name.timeframe()));
        for (int position : positions) {
            bars.add(position * name.timeframe().micros(), price, price, price, price, 7);
        }
        return bars.bars();
    }

    static Bars all(BarLake lake, SeriesName name) {
        return lake.read(name, -ALWAYS, ALWAYS);
    }

    /// {@return the close by day}
    static Map<Long, Double> closes(BarLake lake) {
        Bars bars = all(lake, SPX);
        Map<Long, Double> closes = new TreeMap<>();
        for (int i = 0; i < bars.count(); i++) {
            closes.put(bars.time(i) / DAY, bars.close().at(i));
        }
        return closes;
    }

    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
