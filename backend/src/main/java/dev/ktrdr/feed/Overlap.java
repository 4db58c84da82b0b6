package dev.ktrdr.feed;

import dev.ktrdr.market.Timeframe;
import java.util.ArrayList;
import java.util.List;

/// Rows at times that a wall clock showed twice, held back until the row after them is known.
///
/// One stamp alone does not tell which of the two instants it is. The order of the rows does: where
/// both hours are there, the times rise, jump back once by most of an hour, and rise again. Then
/// the rows before the jump are the first pass and those after it the second; in a file with the
/// newest row first it is the other way round. Where the rows do not show that, all are refused.
final class Overlap {

    /// Stands for the time of a row that there is not.
    static final long NONE = Long.MIN_VALUE;

    private static final int ROWS_MAX = 20_000;
    private static final long DAY = Timeframe.D1.micros();

    private record Row(
            long line,
            String text,
            long earlier,
            long later,
            double open,
            double high,
            double low,
            double close,
            double volume) {}

    private final long step;
    private final List<Row> rows = new ArrayList<>();

    /// Nothing held back yet.
    ///
    /// @param step microseconds from one row to the next, 0 if they have no distance
    Overlap(long step) {
        this.step = step;
    }

    /// {@return whether nothing is held back}
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// {@return whether no more can be held back, or the row is of another change of the clock}
    boolean isFull(long earlier) {
        return rows.size() >= ROWS_MAX
                || (!rows.isEmpty() && Math.abs(earlier - rows.getFirst().earlier) > DAY);
    }

    /// Holds back a row that is `earlier` or `later`.
    void add(
            Cells cells,
            long earlier,
            long later,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        rows.add(
                new Row(
                        cells.line(),
                        cells.text(),
                        earlier,
                        later,
                        open,
                        high,
                        low,
                        close,
                        volume));
    }

    /// Hands over what was held back, each row with its instant or as refused.
    ///
    /// @param before time of the row before, or [#NONE]
    /// @param after time of the row after, or [#NONE]
    void settle(long before, long after, RowSink sink) {
        if (rows.isEmpty()) {
            return;
        }
        int direction = direction(before, after);
        int jump = jump(direction);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (jump == 0) {
                sink.refused(
                        row.line,
                        row.text,
                        "the clock showed this time twice and the order of the rows does not tell"
                                + " which one it is");
            } else {
                long time = (i < jump) == (direction > 0) ? row.earlier : row.later;
                sink.row(row.line, time, row.open, row.high, row.low, row.close, row.volume);
            }
        }
        rows.clear();
    }

    /// {@return 1 where the times of the file rise, -1 where they fall, 0 where that is not known}
    private int direction(long before, long after) {
        if (before != NONE) {
            return Long.compare(rows.getFirst().earlier, before);
        }
        return after == NONE ? 0 : Long.compare(after, rows.getLast().earlier);
    }

    /// {@return the position of the first row of the second pass, 0 if there is not exactly one}
    private int jump(int direction) {
        int found = 0;
        for (int i = 1; i < rows.size(); i++) {
            long back = direction * (rows.get(i - 1).earlier - rows.get(i).earlier);
            if (back > 0 || (back == 0 && step > 0)) {
                if (found > 0 || !isPass(back + step, rows.get(i))) {
                    return 0;
                }
                found = i;
            }
        }
        return direction == 0 ? 0 : found;
    }

    /// {@return whether the rows before a jump back took the time that a pass takes; a row out of
    /// order, or one that stands there twice, jumps less, and longer bars are not there twice}
    private boolean isPass(long length, Row row) {
        long pass = row.later - row.earlier;
        return step <= pass && 2 * length >= pass;
    }
}
