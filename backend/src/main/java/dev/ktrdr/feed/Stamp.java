package dev.ktrdr.feed;

import dev.ktrdr.feed.ReadOptions.DateOrder;
import dev.ktrdr.feed.ReadOptions.Unit;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/// Reads one stamp at a time out of characters, and holds it. For one thread.
///
/// What was read is the time on the wall ([#local]) and, where the stamp says so itself, how far
/// that wall is from UTC. A stamp outside the years 1800 to 2199 is taken for no stamp: it comes
/// from reading a number in the wrong unit.
final class Stamp {

    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;
    private static final int YEAR_MIN = 1800;
    private static final int YEAR_MAX = 2199;
    private static final long MICROS_MIN = LocalDate.of(YEAR_MIN, 1, 1).toEpochDay() * DAY;
    private static final long MICROS_MAX = LocalDate.of(YEAR_MAX + 1, 1, 1).toEpochDay() * DAY - 1;
    private static final int OFFSET_HOURS_MAX = 18;

    /// A nanosecond of the year 2199 has 19 digits; what overflows with 19 turns negative.
    private static final int EPOCH_DIGITS_MAX = 19;

    private final StampForm form;

    private char[] text = {};
    private int at;
    private int end;

    private long local;
    private long offset;
    private boolean zoned;
    private boolean timed;

    Stamp(StampForm form) {
        this.form = form;
    }

    /// {@return whether the characters from `start` up to, and not including, `end` are a stamp}
    boolean read(char[] text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
        this.offset = 0;
        return switch (form) {
            case StampForm.Epoch(Unit unit, boolean given) -> epoch(unit, given);
            case StampForm.Calendar(DateOrder order) -> date(order) && clock() && zone();
        };
    }

    /// {@return whether `stamp` can be read}
    boolean read(String stamp) {
        return read(stamp.toCharArray(), 0, stamp.length());
    }

    /// {@return the time on the wall, in microseconds since 1970-01-01T00:00 on that wall}
    long local() {
        return local;
    }

    /// {@return the instant, microseconds since the epoch, UTC; only if it is [#zoned]}
    long instant() {
        return local - offset;
    }

    /// {@return whether the stamp says itself how far it is from UTC}
    boolean zoned() {
        return zoned;
    }

    /// {@return whether there is a time of day}
    boolean timed() {
        return timed;
    }

    /// {@return whether it is midnight on the wall}
    boolean midnight() {
        return Math.floorMod(local, DAY) == 0;
    }

    /// {@return the form of the stamps}
    StampForm form() {
        return form;
    }

    private boolean epoch(Unit unit, boolean given) {
        zoned = true;
        timed = true;
        boolean negative = take('-');
        int first = at;
        long whole = 0;
        while (at < end && isDigit(text[at]) && at - first < EPOCH_DIGITS_MAX) {
            whole = whole * 10 + (text[at++] - '0');
        }
        if (at == first || whole < 0 || (!given && (negative || !unit.fits(whole)))) {
            return false;
        }
        long fraction = at < end ? fraction(unit) : 0;
        if (fraction < 0 || (unit.micros() > 0 && whole > MICROS_MAX / unit.micros())) {
            return false;
        }
        long micros = unit.micros() > 0 ? whole * unit.micros() + fraction : whole / 1000;
        local = negative ? -micros : micros;
        return local >= MICROS_MIN && local <= MICROS_MAX;
    }

    /// {@return the microseconds in a fraction of a unit, below 0 if there is no fraction}
    private long fraction(Unit unit) {
        if (!take('.') || at == end) {
            return -1;
        }
        long micros = 0;
        long scale = unit.micros();
        while (at < end && isDigit(text[at])) {
            scale /= 10;
            micros += scale * (text[at++] - '0');
        }
        return at == end ? micros : -1;
    }

    private boolean date(DateOrder order) {
        zoned = false;
        timed = false;
        int run = run();
        if (order == DateOrder.YMD && (run == 8 || run == 12 || run == 14)) {
            return day(number(4), number(2), number(2));
        }
        int first = number(order == DateOrder.YMD ? 4 : Math.min(run, 2));
        char mark = at < end ? text[at++] : ' ';
        int second = number(Math.min(run(), 2));
        // Nobody writes the month first with points between.
        String marks = order == DateOrder.MDY ? "-/" : "-/.";
        if (marks.indexOf(mark) < 0 || !take(mark)) {
            return false;
        }
        int third = number(order == DateOrder.YMD ? Math.min(run(), 2) : 4);
        return switch (order) {
            case YMD -> day(first, second, third);
            case DMY -> day(third, second, first);
            case MDY -> day(third, first, second);
        };
    }

    private boolean day(int year, int month, int day) {
        boolean exists =
                year >= YEAR_MIN
                        && year <= YEAR_MAX
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= Month.of(month).length(Year.isLeap(year));
        if (exists) {
            local = LocalDate.of(year, month, day).toEpochDay() * DAY;
        }
        return exists;
    }

    /// Reads `14:30`, `14:30:00.250`, `1430` or `143000`, after a blank, a `T`, or nothing.
    private boolean clock() {
        if (at == end || isZone()) {
            return true;
        }
        if (!isDigit(text[at])) {
            if (!take('T') && !take(' ')) {
                return false;
            }
            skipBlanks();
            if (at < end && isZone()) {
                return true;
            }
        }
        timed = true;
        boolean compact = run() > 2;
        int hour = number(compact ? 2 : run());
        int minute = compact || take(':') ? number(2) : -1;
        boolean more = at < end && (compact ? isDigit(text[at]) : take(':'));
        int second = more ? number(2) : 0;
        local += ((hour * 60L + minute) * 60 + second) * SECOND;
        boolean exists = in(hour, 23) && in(minute, 59) && in(second, 59);
        if (exists && more && at < end && (take('.') || take(','))) {
            return secondFraction();
        }
        return exists;
    }

    private boolean secondFraction() {
        int first = at;
        long scale = SECOND;
        while (at < end && isDigit(text[at])) {
            scale /= 10;
            local += scale * (text[at++] - '0');
        }
        return at > first;
    }

    private boolean isZone() {
        char c = text[at];
        return c == 'Z' || c == 'z' || c == '+' || c == '-' || c == 'U' || c == 'G';
    }

    /// Reads `Z`, `UTC`, `GMT`, `+02`, `+0200`, `+02:00` or `GMT+0200` up to the end.
    private boolean zone() {
        skipBlanks();
        if (at == end) {
            return true;
        }
        zoned = true;
        if (take('Z') || take('z')) {
            return at == end;
        }
        boolean named = takeWord("UTC") || takeWord("GMT");
        if (at == end) {
            return named;
        }
        int sign = take('+') ? 1 : take('-') ? -1 : 0;
        int hours = number(2);
        take(':');
        int minutes = at < end ? number(2) : 0;
        offset = sign * (hours * 60L + minutes) * 60 * SECOND;
        return sign != 0 && in(hours, OFFSET_HOURS_MAX) && in(minutes, 59) && at == end;
    }

    private static boolean in(int value, int max) {
        return value >= 0 && value <= max;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipBlanks() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }

    private boolean take(char c) {
        boolean taken = at < end && text[at] == c;
        at += taken ? 1 : 0;
        return taken;
    }

    private boolean takeWord(String word) {
        boolean taken = end - at >= 3 && word.equals(new String(text, at, 3));
        at += taken ? 3 : 0;
        return taken;
    }

    /// {@return how many digits follow}
    private int run() {
        int last = at;
        while (last < end && isDigit(text[last])) {
            last++;
        }
        return last - at;
    }

    /// {@return the number in the next `digits` characters, below 0 if they are none}
    private int number(int digits) {
        if (digits == 0 || end - at < digits) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits; i++) {
            char c = text[at++];
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
