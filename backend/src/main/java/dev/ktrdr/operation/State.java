package dev.ktrdr.operation;

import java.util.Locale;

/// The state of the service, from best to worst.
public enum State {
    /// Everything works.
    OK(true),
    /// It works, but somebody should look.
    DEGRADED(true),
    /// It has begun and cannot answer yet.
    STARTING(false),
    /// It cannot do its work.
    UNHEALTHY(false),
    /// A stop signal has come; requests in flight are finished.
    STOPPING(false);

    private final boolean serving;

    State(boolean serving) {
        this.serving = serving;
    }

    /// {@return whether requests are welcome: health is answered with 200, otherwise with 503}
    public boolean serving() {
        return serving;
    }

    /// {@return the word on the wire, such as `ok`}
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
