package dev.ktrdr.calendar;

/// The break in the middle of a session, such as lunch in Tokyo, from `from` up to, and not
/// including, `to`. The session goes on around it.
///
/// @param from microseconds since the epoch, UTC
/// @param to microseconds since the epoch, UTC
public record Pause(long from, long to) {

    /// {@return whether the market rests at `time`}
    ///
    /// @param time microseconds since the epoch, UTC
    public boolean contains(long time) {
        return from <= time && time < to;
    }
}
