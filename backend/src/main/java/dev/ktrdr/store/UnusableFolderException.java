package dev.ktrdr.store;

import java.io.Serial;

/// The data folder cannot be used. The message tells the operator what to do about it.
public final class UnusableFolderException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    UnusableFolderException(String message) {
        super(message);
    }
}
