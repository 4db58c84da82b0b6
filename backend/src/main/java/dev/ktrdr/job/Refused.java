package dev.ktrdr.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The refused rows of one import: the first ones in memory for the answer, all in a file.
public final class Refused implements AutoCloseable {

    private static final int SHOWN_MAX = 100;

    /// A row that was not taken.
    ///
    /// @param line where it stands in its file
    /// @param text the row as it stands there, perhaps cut; empty where only its place is known
    /// @param reason why
    public record Row(long line, String text, String reason) {}

    private final Rejects.Sheet sheet;
    private final List<Row> shown = new ArrayList<>();

    Refused(Rejects.Sheet sheet) {
        this.sheet = sheet;
    }

    void add(long line, String reason) {
        add(line, "", reason);
    }

    void add(long line, String text, String reason) {
        if (shown.size() < SHOWN_MAX) {
            shown.add(new Row(line, text, reason));
        }
        try {
            sheet.add(line, text, reason);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the refused rows", e);
        }
    }

    /// {@return the first hundred}
    List<Row> shown() {
        return List.copyOf(shown);
    }

    /// {@return how many there are}
    long count() {
        return sheet.count();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
    }
}
