package dev.ktrdr.job;

import dev.ktrdr.store.Merge;
import dev.ktrdr.store.SeriesName;
import java.nio.file.Path;
import java.util.Map;

/// A file whose bars are to become part of a series.
///
/// @param id of this import, unique; the refused rows are kept under it, see [Rejects]
/// @param name the series
/// @param file where its bytes lie
/// @param source what people call it: the name of the file that was sent, or its path in the inbox
/// @param options how to read it where it does not say so itself, each as it was written: `format`,
///     `zone`, `unit`, `dates`, `separator`, `missing_volume`, `columns` (`time=Date,open=2`)
/// @param mode whether its bars win over those that are there
/// @param dryRun whether to say what would happen, and to store nothing
public record ImportRequest(
        String id,
        SeriesName name,
        Path file,
        String source,
        Map<String, String> options,
        Merge mode,
        boolean dryRun) {

    /// Copies the options.
    public ImportRequest {
        options = Map.copyOf(options);
    }

    /// {@return the same for the bytes that lie at `place`}
    public ImportRequest withFile(Path place) {
        return new ImportRequest(id, name, place, source, options, mode, dryRun);
    }
}
