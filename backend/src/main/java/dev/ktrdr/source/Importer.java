package dev.ktrdr.source;

import java.io.IOException;

/// Takes a file of the inbox into the store.
public interface Importer {

    /// {@return what came of it, in one line for people}
    ///
    /// The same file may come again, when the process was killed after this returned and before
    /// the file was moved away: a second time must change nothing.
    ///
    /// @throws dev.ktrdr.store.StoreException of kind INVALID or NOT_FOUND if the file cannot be
    ///     used as it is: it goes to `refused`; of another kind if it is to be tried again later
    /// @throws IOException if it cannot be read now: it is tried again later
    String take(Drop drop) throws IOException;
}
