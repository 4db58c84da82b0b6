package dev.ktrdr.quality;

import java.util.List;

/// Findings of one sort: how many there are, and some of them.
///
/// @param total how many there are
/// @param items those that are listed, at most as many as there are
public record Listed<T>(long total, List<T> items) {

    /// Copies the list.
    public Listed {
        items = List.copyOf(items);
    }
}
