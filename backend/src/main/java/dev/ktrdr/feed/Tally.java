package dev.ktrdr.feed;

/// Counts what passes, and cuts what is too long to be shown. For one thread.
final class Tally implements RowSink {

    private static final int TEXT_CHARACTERS_MAX = 200;

    private final RowSink sink;
    private long kept;
    private long refused;

    Tally(RowSink sink) {
        this.sink = sink;
    }

    @Override
    public void row(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        kept++;
        sink.row(line, time, open, high, low, close, volume);
    }

    @Override
    public void refused(long line, String text, String reason) {
        refused++;
        boolean fits = text.length() <= TEXT_CHARACTERS_MAX;
        sink.refused(line, fits ? text : text.substring(0, TEXT_CHARACTERS_MAX) + "…", reason);
    }

    /// {@return how many rows have passed}
    long rowCount() {
        return kept + refused;
    }

    /// {@return the counts, where the file had `rows` rows}
    ReadCount count(long rows) {
        return new ReadCount(rows, kept, refused);
    }
}
