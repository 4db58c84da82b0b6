package dev.ktrdr.setting;

import java.util.List;
import java.util.stream.Collectors;

/// The configuration cannot be used; every problem that was found is listed.
public final class InvalidSettingsException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /// {@return the problems, in the order they were found, at least one}
    public List<Problem> problems() {
        return problems;
    }
}
