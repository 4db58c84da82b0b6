package dev.ktrdr.calendar;

import java.time.LocalDate;

/// The hours in which a market trades for one date, from `open` up to, and not including, `close`.
///
/// A session may open on the evening before its date, as that of currencies does.
///
/// @param date the trading date, as the market counts it
/// @param open microseconds since the epoch, UTC
/// @param close microseconds since the epoch, UTC, after the open
/// @param shortened whether it closes earlier than on an ordinary day
public record Session(LocalDate date, long open, long close, boolean shortened) {

    /// {@return whether the market trades at `time`}
    ///
    /// @param time microseconds since the epoch, UTC
    public boolean contains(long time) {
        return open <= time && time < close;
    }
}
