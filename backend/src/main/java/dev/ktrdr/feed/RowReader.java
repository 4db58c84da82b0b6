package dev.ktrdr.feed;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/// Makes numbers of the cells of each row. For one thread.
final class RowReader {

    private static final int STAMP_CHARACTERS_MAX = 64;

    /// What people write where a volume is not known; an empty cell is the same.
    private static final Set<String> UNKNOWN = Set.of("", "nan", "null", "none", "n/a");

    private static final Column[] PRICES = {Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE};

    private final Intake intake;
    private final int cellCount;
    private final int date;
    private final int time;
    private final boolean ticks;
    private final Column[] names;
    private final int[] prices;
    private final int volume;
    private final Stamp stamp;
    private final Numeral numeral;
    private final OptionalDouble missingVolume;
    private final double[] values = new double[PRICES.length];
    private double amount;
    private final char[] joined = new char[STAMP_CHARACTERS_MAX];

    /// Reads rows that are laid out as `layout` says, and hands them to `intake`.
    RowReader(Layout layout, OptionalDouble missingVolume, Intake intake) {
        this.intake = intake;
        this.cellCount = layout.cellCount();
        this.date = layout.position(Column.DATE);
        this.time = layout.position(Column.TIME);
        this.ticks = layout.ticks();
        this.names = ticks ? new Column[] {Column.PRICE} : PRICES;
        this.prices = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            prices[i] = layout.position(names[i]);
        }
        this.volume = layout.position(ticks ? Column.AMOUNT : Column.VOLUME);
        this.stamp = new Stamp(layout.stamps());
        this.numeral = new Numeral(layout.decimal());
        this.missingVolume = missingVolume;
    }

    /// Takes one row.
    void take(Cells cells) {
        String flaw = read(cells);
        if (!flaw.isEmpty()) {
            intake.refuse(cells, flaw);
        } else if (ticks) {
            double price = values[0];
            intake.take(cells, stamp, price, price, price, price, amount);
        } else {
            intake.take(cells, stamp, values[0], values[1], values[2], values[3], amount);
        }
    }

    /// Sets the stamp and the numbers.
    ///
    /// @return why that cannot be done, empty if it can
    private String read(Cells cells) {
        if (cells.count() != cellCount) {
            return wrongCount(cells);
        }
        if (!readStamp(cells)) {
            return noStamp(cells);
        }
        for (int i = 0; i < prices.length; i++) {
            values[i] = number(cells, prices[i]);
            if (Double.isNaN(values[i])) {
                return noNumber(names[i], cells.cell(prices[i]));
            }
        }
        return readAmount(cells);
    }

    private String readAmount(Cells cells) {
        amount = volume < 0 ? Double.NaN : number(cells, volume);
        if (volume >= 0 && Double.isNaN(amount) && !isUnknown(cells.cell(volume))) {
            return noNumber(ticks ? Column.AMOUNT : Column.VOLUME, cells.cell(volume));
        }
        if (missingVolume.isPresent() && amount == missingVolume.getAsDouble()) {
            amount = Double.NaN;
        }
        return "";
    }

    private boolean readStamp(Cells cells) {
        if (date < 0) {
            return stamp.read(cells.characters(), cells.start(time), cells.end(time));
        }
        int dateSize = cells.end(date) - cells.start(date);
        int timeSize = cells.end(time) - cells.start(time);
        if (dateSize + 1 + timeSize > joined.length) {
            return false;
        }
        System.arraycopy(cells.characters(), cells.start(date), joined, 0, dateSize);
        joined[dateSize] = ' ';
        System.arraycopy(cells.characters(), cells.start(time), joined, dateSize + 1, timeSize);
        return stamp.read(joined, 0, dateSize + 1 + timeSize);
    }

    private double number(Cells cells, int position) {
        return numeral.parse(cells.characters(), cells.start(position), cells.end(position));
    }

    private static boolean isUnknown(String cell) {
        return UNKNOWN.contains(cell.toLowerCase(Locale.ROOT));
    }

    private String noStamp(Cells cells) {
        String text = (date < 0 ? "" : cells.cell(date) + " ") + cells.cell(time);
        return text.isBlank()
                ? "time is empty"
                : "the stamp '%s' is not %s".formatted(cut(text), stamp.form().title());
    }

    private String wrongCount(Cells cells) {
        int breaks = cells.breaks();
        return breaks == 0
                ? "%d cells instead of %d".formatted(cells.count(), cellCount)
                : "a cell in quotes runs over %d line breaks; is a quote missing?"
                        .formatted(breaks);
    }

    private static String noNumber(Column column, String cell) {
        return cell.isEmpty()
                ? column.id() + " is empty"
                : "%s is no number: '%s'".formatted(column.id(), cut(cell));
    }

    private static String cut(String text) {
        return text.length() <= STAMP_CHARACTERS_MAX
                ? text
                : text.substring(0, STAMP_CHARACTERS_MAX) + "…";
    }
}
