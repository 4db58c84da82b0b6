package dev.ktrdr.feed;

import java.nio.file.Path;

/// Reads Parquet, which needs an engine that the store has.
@FunctionalInterface
public interface ParquetRows {

    /// Hands each row of `file` to `sink`, in the order of the file; whether it is a bar is checked
    /// behind it.
    ///
    /// @throws dev.ktrdr.store.StoreException of kind INVALID if these are no columns of bars
    void read(Path file, RowSink sink);
}
