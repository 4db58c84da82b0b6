package dev.ktrdr.feed;

/// Takes what a file holds, line by line. Only rows at a time that the clock showed twice may come
/// after rows that were refused behind them.
public interface RowSink {

    /// Takes a row that keeps the rules of a bar.
    ///
    /// @param line where it stands, from 1; in JSON and Parquet the number of the entry
    /// @param time open of the bar, microseconds since the epoch, UTC
    /// @param open first price
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, `NaN` where unknown
    void row(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume);

    /// Takes note of a row that is no bar.
    ///
    /// @param line where it stands, from 1; in JSON and Parquet the number of the entry
    /// @param text the row as it stands there, cut at 200 characters
    /// @param reason why it was refused
    void refused(long line, String text, String reason);
}
