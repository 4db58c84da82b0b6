package dev.ktrdr.job;

import dev.ktrdr.store.SeriesName;

/// What gets the bars that a series lacks at its end from where they are made.
@FunctionalInterface
public interface Downloader {

    /// Gets them.
    ///
    /// @param name the series
    /// @param from first open that is wanted if the series has no bars yet, microseconds since the
    ///     epoch, UTC; 0 for all there are
    /// @param progress to be told
    /// @return what came, to be written as JSON
    /// @throws Exception as a [Task]; what was kept until then stays
    Object run(SeriesName name, long from, Progress progress) throws Exception;
}
