package dev.ktrdr.operation;

import java.util.concurrent.Callable;

/// One thing that health looks at.
///
/// @param name one word, such as `data`
/// @param look finds out; an exception counts as unhealthy
public record Check(String name, Callable<Result> look) {

    /// What a check has found.
    ///
    /// @param status OK, DEGRADED or UNHEALTHY
    /// @param detail one sentence that says what was seen, or what to do
    public record Result(State status, String detail) {}

    Result run() {
        try {
            return look.call();
        } catch (Exception e) {
            return new Result(State.UNHEALTHY, String.valueOf(e.getMessage()));
        }
    }
}
