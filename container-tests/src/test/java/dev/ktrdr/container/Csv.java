package dev.ktrdr.container;

import java.time.LocalDate;
import java.util.Random;

/// Bars as text, for imports.
final class Csv {

    static final String HEADER = "date,open,high,low,close,volume\n";

    private Csv() {}

    /// {@return `count` days of bars from 2000-01-01 on, prices by `seed`}
    static String days(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(HEADER);
        LocalDate day = LocalDate.of(2000, 1, 1);
        for (int i = 0; i < count; i++) {
            double low = 1 + random.nextDouble();
            double high = low + random.nextDouble();
            text.append(day.plusDays(i)).append(',').append(low).append(',').append(high);
            text.append(',').append(low).append(',').append(high).append(',');
            text.append(random.nextInt(1_000_000)).append('\n');
        }
        return text.toString();
    }

    /// {@return one bar}
    static String one() {
        return HEADER + "2020-01-02,1,2,1,2,10\n";
    }
}
