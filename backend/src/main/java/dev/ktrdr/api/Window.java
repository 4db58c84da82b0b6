package dev.ktrdr.api;

import dev.ktrdr.market.Bars;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.SeriesName;

/// Which bars of a series a request is about.
///
/// A page ends at the time of its last bar, and its cursor says so: `a1587081600000000` goes on
/// after that bar, `d1587081600000000` before it. Bars that come in between change no page that
/// was not sent yet.
///
/// @param from first open, microseconds since the epoch, UTC
/// @param to bars open before it
/// @param limit at most so many, 0 for all
/// @param order in which they go out
/// @param nextCursor where the next page goes on, empty if nothing follows
record Window(long from, long to, int limit, Order order, String nextCursor) {

    static final long BEGINNING = Long.MIN_VALUE / 2;
    static final long END = Long.MAX_VALUE / 2;

    private static final int LIMIT_MAX = 999_999_999;

    /// In which order bars go out.
    enum Order {
        /// The last ones, oldest first.
        LATEST,
        ASCENDING,
        DESCENDING
    }

    /// {@return what `query` asks for}
    ///
    /// @throws dev.ktrdr.store.StoreException of kind INVALID if that makes no sense
    static Window of(BarQuery query) {
        long from = first(query.start, query.startDate);
        long to = end(query.end, query.endDate);
        int limit = query.limit.isEmpty() ? 0 : Words.whole("limit", query.limit, 1, LIMIT_MAX);
        Order order =
                switch (query.order) {
                    case "" -> Order.LATEST;
                    case "asc" -> Order.ASCENDING;
                    case "desc" -> Order.DESCENDING;
                    default -> throw Words.invalid("order must be asc or desc, was " + query.order);
                };
        Window window = new Window(from, to, limit, order, "");
        return query.cursor.isEmpty() ? window : window.after(query.cursor);
    }

    /// {@return what lies between these, each empty where it is open}
    static Window between(String startDate, String endDate) {
        return new Window(first("", startDate), end("", endDate), 0, Order.LATEST, "");
    }

    private static long first(String start, String startDate) {
        if (!start.isEmpty()) {
            return Words.micros("start", start);
        }
        return startDate.isEmpty() ? BEGINNING : Words.micros("start_date", startDate);
    }

    private static long end(String end, String endDate) {
        if (!end.isEmpty()) {
            return Words.micros("end", end);
        }
        if (endDate.isEmpty()) {
            return END;
        }
        long last = Words.micros("end_date", endDate);
        return last + (Words.isDate(endDate) ? 86_400_000_000L : 1);
    }

    private Window after(String cursor) {
        if (!cursor.matches("[ad]-?[0-9]{1,18}")) {
            throw Words.invalid("cursor must be a next_cursor of an answer, was " + cursor);
        }
        Order its = cursor.startsWith("a") ? Order.ASCENDING : Order.DESCENDING;
        if (order != Order.LATEST && order != its) {
            throw Words.invalid("the cursor goes the other way than order says");
        }
        long last = Long.parseLong(cursor.substring(1));
        return its == Order.ASCENDING
                ? new Window(Math.max(from, last + 1), to, limit, its, "")
                : new Window(from, Math.min(to, last), limit, its, "");
    }

    boolean newestFirst() {
        return order == Order.DESCENDING;
    }

    /// {@return this window without its limit: the times between which those bars lie}
    ///
    /// Only the bars up to the limit are looked at, a part at a time.
    Window narrowed(BarLake lake, SeriesName name) {
        if (limit == 0) {
            return this;
        }
        boolean backwards = order != Order.ASCENDING;
        long left = limit;
        long edge = 0;
        for (Bars part : lake.parts(name, from, to, backwards)) {
            int count = part.count();
            if (left == 0 && count > 0) {
                return cut(edge, true);
            }
            if (count > left) {
                int index = (int) (backwards ? count - left : left - 1);
                return cut(part.time(index), true);
            }
            left -= count;
            if (count > 0) {
                edge = part.time(backwards ? 0 : count - 1);
            }
        }
        return left == 0 ? cut(edge, false) : this;
    }

    private Window cut(long edge, boolean more) {
        return switch (order) {
            case LATEST -> new Window(edge, to, 0, order, "");
            case ASCENDING -> new Window(from, edge + 1, 0, order, more ? "a" + edge : "");
            case DESCENDING -> new Window(edge, to, 0, order, more ? "d" + edge : "");
        };
    }
}
