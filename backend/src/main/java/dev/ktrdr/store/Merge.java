package dev.ktrdr.store;

/// Which bar stays where the store and an import have different bars at the same time.
///
/// Whatever the mode, a bar that was filled in on purpose gives way to a real one and never takes
/// the place of one.
public enum Merge {
    /// The one in the store.
    KEEP,
    /// The one of the import.
    OVERWRITE
}
