package dev.ktrdr.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The known name that a mistyped one most likely meant.
///
/// Distance is the number of letters to insert, delete or replace (V. Levenshtein, 1966).
public final class Nearest {

    private Nearest() {}

    /// {@return the one of `known` nearest to `word`, empty if none is near: within two letters or
    /// a third of its length}
    public static Optional<String> of(String word, Collection<String> known) {
        return several(word, known).stream().findFirst();
    }

    /// {@return those of `known` that are near `word`, the nearest first}
    public static List<String> several(String word, Collection<String> known) {
        int distanceMax = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(name -> distance(word, name) <= distanceMax)
                .sorted(Comparator.comparingInt(name -> distance(word, name)))
                .toList();
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
