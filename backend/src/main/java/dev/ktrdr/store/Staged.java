package dev.ktrdr.store;

/// What an import has brought so far.
///
/// @param rowCount rows that were added
/// @param refusedCount rows among them that are no bar, or differ from an earlier one of their time
/// @param duplicateCount rows that equal an earlier one; one of them is kept
/// @param outOfOrderCount rows whose time lies before the time of the row before
/// @param barCount bars that are left
/// @param first open of the first bar, microseconds since the epoch, UTC; 0 if there is none
/// @param last open of the last bar
public record Staged(
        long rowCount,
        long refusedCount,
        long duplicateCount,
        long outOfOrderCount,
        long barCount,
        long first,
        long last) {}
