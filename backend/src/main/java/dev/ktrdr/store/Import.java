package dev.ktrdr.store;

/// One import as it is remembered: where it came from and what it did.
///
/// @param id of the import, unique
/// @param series that it changed
/// @param provenance where it came from
/// @param mode which bars won
/// @param staged what it brought
/// @param outcome what it changed
/// @param state `stored`, or `deleted` if the series was deleted since
public record Import(
        String id,
        SeriesName series,
        Provenance provenance,
        Merge mode,
        Staged staged,
        Outcome outcome,
        String state) {

    static final String STORED = "stored";
    static final String DELETED = "deleted";

    Import with(Outcome changed) {
        return new Import(id, series, provenance, mode, staged, changed, state);
    }
}
