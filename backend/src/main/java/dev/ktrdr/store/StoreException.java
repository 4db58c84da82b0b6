package dev.ktrdr.store;

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

    /// A failure of `kind`, told in one sentence.
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// A failure of `kind` with the fault below it.
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// {@return whose turn it is}
    public Kind kind() {
        return kind;
    }
}
