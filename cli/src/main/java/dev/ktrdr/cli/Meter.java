package dev.ktrdr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ktrdr.client.Surroundings;
import java.io.PrintStream;
import java.util.Locale;

/// One line on stderr that says how far a long work is, if somebody watches; else silence.
final class Meter {

    private static final long PERIOD_NANOS = 200_000_000;
    private static final int BAR_COLUMNS = 20;

    /// The narrowest terminal in use; a longer line could not be overwritten.
    private static final int COLUMNS_MAX = 79;

    private final PrintStream err;
    private final boolean watched;
    private long shownNanos = System.nanoTime();
    private int columns;

    Meter(Surroundings here) {
        err = here.err();
        watched = here.screen().watched();
    }

    /// Says how many bytes went over the line.
    ///
    /// @param total negative if nobody knows
    void bytes(long done, long total) {
        if (isDue()) {
            String mega = String.format(Locale.ROOT, "%.1f", done / 1e6);
            show(
                    total > 0
                            ? bar(100.0 * done / total) + mega + " of " + total / 1_000_000 + " MB"
                            : mega + " MB");
        }
    }

    /// Says how far an operation of the service is, in its own words.
    void progress(JsonNode progress) {
        if (isDue()) {
            long total = progress.path("items_total").asLong();
            String items = progress.path("items_processed").asText("");
            show(
                    bar(progress.path("percentage").asDouble())
                            + progress.path("current_step").asText("")
                            + (total > 0 ? " " + items + " of " + total : ""));
        }
    }

    private static String bar(double percentage) {
        int full = (int) Math.clamp(percentage / 100 * BAR_COLUMNS, 0, BAR_COLUMNS);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  ",
                "#".repeat(full),
                ".".repeat(BAR_COLUMNS - full),
                percentage);
    }

    private boolean isDue() {
        return watched && System.nanoTime() - shownNanos >= PERIOD_NANOS;
    }

    private void show(String line) {
        String visible = Table.visible(line);
        String text = visible.substring(0, Math.min(visible.length(), COLUMNS_MAX));
        err.print("\r" + text + " ".repeat(Math.max(0, columns - text.length())));
        err.flush();
        columns = text.length();
        shownNanos = System.nanoTime();
    }

    /// Takes the line away, so that something else can be printed in its place.
    void clear() {
        if (columns > 0) {
            err.print("\r" + " ".repeat(columns) + "\r");
            columns = 0;
        }
    }
}
