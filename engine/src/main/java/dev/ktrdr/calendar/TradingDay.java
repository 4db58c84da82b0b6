package dev.ktrdr.calendar;

import java.time.LocalDate;

/// All that counts to one trading date: its session, and what lies before and after it.
///
/// The days of a calendar follow each other without gap, also over weekends. A day ends at
/// midnight of its place, but never after midnight UTC, when the bar of that day has closed. Where
/// the session opens the evening before, the day begins with it.
///
/// @param hours the session; on a closed day the hours that an ordinary one would have
/// @param from first instant of the day, microseconds since the epoch, UTC
/// @param to first instant of the next day
/// @param closed whether there is no session
public record TradingDay(Session hours, long from, long to, boolean closed) {

    /// {@return the trading date}
    public LocalDate date() {
        return hours.date();
    }

    /// {@return whether `time`, microseconds since the epoch, counts to this day}
    public boolean contains(long time) {
        return from <= time && time < to;
    }
}
