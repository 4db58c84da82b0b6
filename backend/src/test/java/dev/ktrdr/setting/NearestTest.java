package dev.ktrdr.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    /// The example of the literature, and the borders.
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "flaw, lawn, 2",
        "'', abc, 3",
        "abc, '', 3",
        "'', '', 0",
        "same, same, 0"
    })
    void distanceIsTheNumberOfLettersToChange(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    }

    /// Against the definition, written as it stands in the books; 300 random pairs.
    @Test
    void distanceAgreesWithItsDefinition() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            String a = word(random);
            String b = word(random);
            assertThat(Nearest.distance(a, b)).as(a + " " + b).isEqualTo(defined(a, b));
        }
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(6), 'a', 'd')
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    private static int defined(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String shortA = a.substring(1);
        String shortB = b.substring(1);
        int replace = defined(shortA, shortB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
        return Math.min(replace, 1 + Math.min(defined(shortA, b), defined(a, shortB)));
    }

    @Test
    void wordFarFromEverythingIsNearToNothing() {
        assertThat(Nearest.of("volume", List.of("log.level", "http.port"))).isEmpty();
        assertThat(Nearest.of("x", List.of())).isEmpty();
    }

    @Test
    void nearestOfSeveralIsTaken() {
        assertThat(Nearest.of("log.levle", List.of("log.format", "log.level", "log.file-mb")))
                .contains("log.level");
    }
}
