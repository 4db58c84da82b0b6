package dev.ktrdr.job;

/// What brings a file into the store.
@FunctionalInterface
public interface Importer {

    /// Imports a file: all of it or nothing.
    ///
    /// Tells the fact `detected` before anything is stored.
    ///
    /// @return what has become of it, to be written as JSON
    /// @throws Exception as a [Task]; the store is as before
    Object run(ImportRequest request, Progress progress) throws Exception;
}
