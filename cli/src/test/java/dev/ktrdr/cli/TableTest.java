package dev.ktrdr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table SETTINGS =
            Table.of("NAME", "VALUE", "ORIGIN")
                    .row("LOG_LEVEL", "INFO", "default")
                    .row("KTRDR_CORS_ORIGINS", "https://one.example https://two.example", "file");

    @Test
    void columnsAreAlignedAndLinesHaveNoBlanksAtTheEnd() {
        assertThat(SETTINGS.text(100))
                .isEqualTo(
                        """
                        NAME                VALUE                                    ORIGIN
                        LOG_LEVEL           INFO                                     default
                        KTRDR_CORS_ORIGINS  https://one.example https://two.example  file
                        """);
    }

    @Test
    void numbersStandOnTheRight() {
        assertThat(Table.of("LINE", "CLOSE").row("7", "-1.50").row("12", "").text(80))
                .isEqualTo("LINE  CLOSE\n   7  -1.50\n  12\n");
    }

    @Test
    void onANarrowScreenTheWidestColumnIsWrappedBetweenWords() {
        assertThat(SETTINGS.text(48))
                .isEqualTo(
                        """
                        NAME                VALUE                ORIGIN
                        LOG_LEVEL           INFO                 default
                        KTRDR_CORS_ORIGINS  https://one.example  file
                                            https://two.example
                        """);
    }

    @Test
    void onAScreenTooNarrowForAnyRowEachCellGetsItsLine() {
        assertThat(SETTINGS.text(20))
                .isEqualTo(
                        """
                        NAME: LOG_LEVEL
                        VALUE: INFO
                        ORIGIN: default

                        NAME: KTRDR_CORS_ORIGINS
                        VALUE: https://one.example https://two.example
                        ORIGIN: file
                        """);
    }

    @Test
    void noLineIsWiderThanTheScreenWhileRowsFit() {
        Table table =
                Table.of("A", "B").row("x".repeat(70), "y".repeat(90)).row("a b c d", "e f g");
        for (int width = 50; width < 200; width++) {
            int screen = width;
            assertThat(table.text(screen).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(screen));
        }
    }

    @Test
    void wrappingLosesNoCharacter() {
        Table table = Table.of("A", "B").row("x".repeat(70), "y".repeat(90));
        assertThat(table.text(60).chars().filter(c -> c == 'x').count()).isEqualTo(70);
        assertThat(table.text(60).chars().filter(c -> c == 'y').count()).isEqualTo(90);
    }

    @Test
    void controlCharactersCannotSteerTheTerminal() {
        assertThat(Table.visible("a\u001b[2Jb\nc\td\u202ee"))
                .isEqualTo("a\\u001b[2Jb\\u000ac d\\u202ee");
    }

    @Test
    void lettersBeyondSixteenBitsCountAsOne() {
        assertThat(Table.of("A", "B").row("\ud83d\udc02", "x").row("ab", "y").text(80))
                .isEqualTo("A   B\n\ud83d\udc02   x\nab  y\n");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> Table.of("A", "B").row("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row must have 2 cells, had 1");
    }
}
