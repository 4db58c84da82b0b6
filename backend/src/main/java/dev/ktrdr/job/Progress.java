package dev.ktrdr.job;

/// How a task says how far it is, and learns that it has been cancelled. Threads may share one.
public interface Progress {

    /// Nobody looks, and nobody cancels.
    Progress UNSEEN =
            new Progress() {
                @Override
                public void step(String name, int from, int to) {}

                @Override
                public void items(long count, long total) {}

                @Override
                public void fact(String name, Object value) {}

                @Override
                public void warn(String sentence) {}

                @Override
                public void checkCancelled() {}
            };

    /// Nobody wants the result any more.
    final class CancelledException extends RuntimeException {

        private static final long serialVersionUID = 1;

        CancelledException() {
            super("cancelled");
        }
    }

    /// Begins a step.
    ///
    /// @param name what is being done, for people: `reading`, `writing 2020-04`
    /// @param from percentage of the whole at its begin, 0 to 100
    /// @param to percentage of the whole at its end, not below `from`
    void step(String name, int from, int to);

    /// Says how much of the step is done. Cheap enough for every few thousand items.
    ///
    /// @param count items done
    /// @param total items of the step, 0 if unknown
    void items(long count, long total);

    /// Tells something that was found out, such as `detected` with the form of a file.
    ///
    /// @param name one word
    /// @param value something that can be written as JSON, and is not changed any more
    void fact(String name, Object value);

    /// Tells people something they should know although the work goes on.
    void warn(String sentence);

    /// Ends the work if nobody wants it any more. Ask wherever stopping leaves nothing half done.
    ///
    /// @throws CancelledException if so; let it pass
    void checkCancelled();
}
