package dev.ktrdr.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Text, numbers and times on their way to a stream, without an object for each.
final class Ascii {

    private static final int SIZE = 1 << 15;

    /// No token is longer: the longest is a symbol with every character escaped.
    private static final int TOKEN_MAX = 256;

    private static final int DECIMALS_MAX = 8;

    /// Below it, neighbouring numbers of up to 15 digits are different doubles.
    private static final double EXACT_MAX = 1e15;

    private static final long DAY_MICROS = 86_400_000_000L;

    private final OutputStream out;
    private final byte[] buffer = new byte[SIZE];
    private final byte[] digits = new byte[20];
    private int length;
    private long day = Long.MIN_VALUE;
    private byte[] date = {};

    Ascii(OutputStream out) {
        this.out = out;
    }

    /// Writes `token` as it stands, at most 256 characters.
    Ascii text(String token) throws IOException {
        room();
        for (int i = 0; i < token.length(); i++) {
            buffer[length++] = (byte) token.charAt(i);
        }
        return this;
    }

    Ascii text(char one) throws IOException {
        room();
        buffer[length++] = (byte) one;
        return this;
    }

    /// Writes the shortest decimal that is read back as `value`, which is finite.
    ///
    /// Market prices have few decimals: the first scaling that loses nothing gives their digits.
    /// Dividing two whole numbers that are exact rounds correctly, so the check is a proof. What
    /// has more digits goes through the JDK.
    Ascii number(double value) throws IOException {
        double scale = 1;
        for (int decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
            double scaled = Math.rint(value * scale);
            if (!(Math.abs(scaled) < EXACT_MAX)) {
                break;
            }
            if (scaled / scale == value) {
                return decimal((long) scaled, decimals);
            }
            scale *= 10;
        }
        return text(Double.toString(value));
    }

    private Ascii decimal(long scaled, int decimals) throws IOException {
        room();
        if (scaled < 0) {
            buffer[length++] = '-';
        }
        long left = Math.abs(scaled);
        int count = 0;
        // 1.0 and not 1: whoever reads it shall not take it for a whole number.
        int shown = Math.max(1, decimals);
        if (decimals == 0) {
            digits[count++] = '0';
        }
        while (left > 0 || count <= shown) {
            digits[count++] = (byte) ('0' + left % 10);
            left /= 10;
        }
        while (count > shown) {
            buffer[length++] = digits[--count];
        }
        buffer[length++] = '.';
        while (count > 0) {
            buffer[length++] = digits[--count];
        }
        return this;
    }

    /// Writes a time on the grid of a timeframe, such as `2020-04-17T14:30:00Z`.
    ///
    /// @param micros since the epoch, UTC
    Ascii stamp(long micros) throws IOException {
        room();
        long itsDay = Math.floorDiv(micros, DAY_MICROS);
        if (itsDay != day) {
            day = itsDay;
            date = (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.US_ASCII);
        }
        System.arraycopy(date, 0, buffer, length, date.length);
        length += date.length;
        int second = (int) ((micros - day * DAY_MICROS) / 1_000_000);
        two(second / 3600, ':');
        two(second / 60 % 60, ':');
        two(second % 60, 'Z');
        return this;
    }

    private void two(int number, char then) {
        buffer[length++] = (byte) ('0' + number / 10);
        buffer[length++] = (byte) ('0' + number % 10);
        buffer[length++] = (byte) then;
    }

    private void room() throws IOException {
        if (length > SIZE - TOKEN_MAX) {
            flush();
        }
    }

    /// Hands over what was written so far.
    void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }
}
