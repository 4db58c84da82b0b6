package dev.ktrdr.market;

/// A source cannot give bars. The kind says whether it is worth asking again.
public final class BarSourceException extends Exception {

    private static final long serialVersionUID = 1;

    /// Why there are no bars.
    public enum Kind {
        /// The source does not know the symbol, or has no bars of this timeframe.
        NOT_FOUND,
        /// The source answered with something that are no bars, or refuses the request as such.
        INVALID,
        /// The source could not be reached, or asked to wait longer than was sensible.
        UNAVAILABLE
    }

    private final Kind kind;

    /// A failure of `kind`, told in one sentence.
    public BarSourceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// A failure of `kind` with the fault below it.
    public BarSourceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// {@return why there are no bars}
    public Kind kind() {
        return kind;
    }
}
