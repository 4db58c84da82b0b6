package dev.ktrdr.feed;

import java.util.Map;

/// Where in a row is what, and how it is written.
///
/// @param positions of the columns that are used, from 0
/// @param cellCount cells in each row
/// @param separator between two cells
/// @param decimal mark in numbers
/// @param header whether the first row holds names
/// @param stamps form of the times
record Layout(
        Map<Column, Integer> positions,
        int cellCount,
        char separator,
        char decimal,
        boolean header,
        StampForm stamps) {

    Layout {
        positions = Map.copyOf(positions);
    }

    /// {@return the position of `column` from 0, below 0 if there is none}
    int position(Column column) {
        return positions.getOrDefault(column, -1);
    }

    /// {@return whether the rows are trades and not bars}
    boolean ticks() {
        return positions.containsKey(Column.PRICE);
    }
}
