package dev.ktrdr.job;

/// What an operation does.
public interface Task {

    /// Does it, on a thread of its own.
    ///
    /// @param progress to be told how far it is, and to be asked whether to go on
    /// @return what came out: a record or a map that can be written as a JSON object
    /// @throws Exception which makes the operation fail; a `StoreException` tells people why
    Object run(Progress progress) throws Exception;

    /// Called once when the operation is over in whatever way, also when it never began: takes
    /// away what the task was given.
    default void over() {}
}
