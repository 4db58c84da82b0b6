package dev.ktrdr.boot;

/// The exit codes of the program. They are stable: scripts and restart policies rely on them.
final class ExitCode {

    static final int FINE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /// EX_CONFIG of BSD's sysexits: settings or a folder have to be mended first.
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
