package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.feed.Received.Refused;
import dev.ktrdr.feed.Received.Row;
import dev.ktrdr.market.Timeframe;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirtySampleTest {

    private final List<String> lines = DirtySample.csv().lines().toList();
    private final Received received = Received.of(DirtySample.csv(), Timeframe.D1);

    private List<Long> refusedFor(String reason) {
        return received.refused.stream()
                .filter(refused -> refused.reason().equals(reason))
                .map(Refused::line)
                .toList();
    }

    private static Long[] lines(Set<Integer> rows) {
        return rows.stream().map(DirtySample::line).toArray(Long[]::new);
    }

    @Test
    void everyRowThatIsNoBarIsReportedWithItsLine() {
        assertThat(refusedFor("close is empty"))
                .containsExactlyInAnyOrder(lines(DirtySample.MISSING_CLOSE));
        assertThat(refusedFor("volume must be 0 or more"))
                .containsExactlyInAnyOrder(lines(DirtySample.NEGATIVE_VOLUME));
        assertThat(refusedFor("low must not be above open or close"))
                .containsExactlyInAnyOrder(lines(DirtySample.LOW_ABOVE_HIGH));
        assertThat(received.count()).isEqualTo(new ReadCount(120, 109, 11));
    }

    @Test
    void refusedRowIsShownAsItStandsInTheFile() {
        assertThat(received.refused)
                .allSatisfy(
                        refused ->
                                assertThat(refused.text())
                                        .isEqualTo(lines.get((int) refused.line() - 1)));
    }

    /// The row that was taken, written down again, is the row of the file.
    @Test
    void nothingIsInventedOrMended() {
        assertThat(received.rows)
                .allSatisfy(
                        row -> assertThat(written(row)).isEqualTo(lines.get((int) row.line() - 1)));
    }

    private static String written(Row row) {
        return String.join(
                ",",
                row.time().substring(0, 10),
                String.valueOf(row.open()),
                String.valueOf(row.high()),
                String.valueOf(row.low()),
                String.valueOf(row.close()),
                String.valueOf(row.volume()));
    }

    @Test
    void spikesAreBarsAndStay() {
        assertThat(received.rows)
                .anySatisfy(
                        row -> {
                            assertThat(row.line())
                                    .isEqualTo(DirtySample.line(DirtySample.PRICE_SPIKE));
                            assertThat(row.close()).isEqualTo(DirtySample.PRICE_SPIKE_CLOSE);
                        })
                .anySatisfy(
                        row -> {
                            assertThat(row.line())
                                    .isEqualTo(DirtySample.line(DirtySample.VOLUME_SPIKE));
                            assertThat(row.volume()).isEqualTo(DirtySample.VOLUME_SPIKE_VALUE);
                        });
    }
}
