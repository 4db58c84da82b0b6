package dev.ktrdr.store;

import java.util.Map;

/// The store cannot do what was asked. The kind says whose turn it is.
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Whose turn it is to act.
    public enum Kind {
        /// There is no such thing; ask for another.
        NOT_FOUND,
        /// What was given cannot be used; mend it.
        INVALID,
        /// It clashes with what is there or is being done.
        CONFLICT,
        /// The disk or the folder is at fault; the operator has to look.
        UNAVAILABLE
    }

    private final Kind kind;
    private final transient Map<String, Object> details;

    /// A failure of `kind`, told in one sentence.
    public StoreException(Kind kind, String message) {
        this(kind, message, Map.of());
    }

    /// A failure of `kind` with facts that a program can act on, such as the names that are near.
    public StoreException(Kind kind, String message, Map<String, Object> details) {
        super(message);
        this.kind = kind;
        this.details = Map.copyOf(details);
    }

    /// A failure of `kind` with the fault below it.
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.details = Map.of();
    }

    /// {@return whose turn it is}
    public Kind kind() {
        return kind;
    }

    /// {@return facts for programs, empty if the message says it all}
    public Map<String, Object> details() {
        return details;
    }
}
