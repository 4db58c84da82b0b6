package dev.ktrdr.source;

import java.nio.file.Path;

/// What the inbox has to say about a file.
///
/// @param kind what became of it
/// @param file its place below the inbox
/// @param text one line for people
public record Notice(Kind kind, Path file, String text) {

    /// What became of a file.
    public enum Kind {
        /// Its bars are in the store, and it lies in `done`.
        TAKEN,
        /// It cannot be used; it lies in `refused` with the reason beside it.
        REFUSED,
        /// It lies where it was, somebody has to look, and it will be tried again.
        WAITING
    }
}
