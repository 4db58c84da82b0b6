package dev.ktrdr.store;

/// Takes the rows of a Parquet file, whether they are bars or not.
@FunctionalInterface
public interface ParquetSink {

    /// Takes a row.
    ///
    /// @param line number of the row in the file, from 1
    /// @param time open of the bar, microseconds since the epoch, UTC; -1, which is on no grid, if
    ///     it is missing
    /// @param open first price, `NaN` if it is missing, as the others
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount
    void row(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume);
}
