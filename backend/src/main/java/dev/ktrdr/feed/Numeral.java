package dev.ktrdr.feed;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/// Reads numbers, and only what everybody takes for one: digits with a sign, a decimal mark and an
/// exponent. What Java takes too (`5d`, `0x1p3`, `NaN`, `Infinity`), and a mark between thousands,
/// is no number here.
final class Numeral {

    private static final int CHARACTERS_MAX = 128;

    private final char decimal;
    private final char[] plain = new char[CHARACTERS_MAX];

    /// Reads numbers whose decimal mark is `decimal`. For one thread.
    Numeral(char decimal) {
        this.decimal = decimal;
    }

    /// {@return the number written as `text`, `NaN` if it is none}
    static double parse(String text) {
        char[] all = text.strip().toCharArray();
        return new Numeral('.').parse(all, 0, all.length);
    }

    /// {@return the number in `text` from `start` up to, and not including, `end`; `NaN` if it is
    /// none, infinite if it is too large}
    double parse(char[] text, int start, int end) {
        int length = end - start;
        if (length <= 0 || length > CHARACTERS_MAX) {
            return Double.NaN;
        }
        for (int i = 0; i < length; i++) {
            char c = text[start + i];
            if (c == decimal) {
                c = '.';
            } else if (!((c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                return Double.NaN;
            }
            plain[i] = c;
        }
        try {
            return JavaDoubleParser.parseDouble(plain, 0, length);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }
}
