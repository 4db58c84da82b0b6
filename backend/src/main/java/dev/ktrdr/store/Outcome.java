package dev.ktrdr.store;

/// What an import does, or would do, to a series.
///
/// @param added bars at times where the store had none, or only one that was filled in
/// @param same bars that the store has already
/// @param differing bars whose values differ from those in the store; with [Merge#KEEP] they are
///     left out, with [Merge#OVERWRITE] they replace the others
public record Outcome(long added, long same, long differing) {

    static final Outcome NOTHING = new Outcome(0, 0, 0);

    Outcome plus(Outcome other) {
        return new Outcome(added + other.added, same + other.same, differing + other.differing);
    }

    boolean changes(Merge mode) {
        return added > 0 || (mode == Merge.OVERWRITE && differing > 0);
    }
}
