package dev.ktrdr.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files: each one is read, or refused with a sentence. No other way out, and no bar that
/// breaks the rules.
@Tag("slow")
class BarFileFuzzTest {

    private static final int FILES = 3000;
    private static final BarRules RULES = BarRules.of(Timeframe.M1);
    private static final String ODD = "\"\",;\t|\n\r\0-+.eE09:TZ[]{}\uFEFF\u00e9 '#";

    @TempDir private Path folder;

    private static List<byte[]> seeds() throws IOException {
        String rows = "1587133800000,1.5,3,1,2.25,7\n1587133860000,2,3,1,2,\n".repeat(50);
        String iso = "2020-11-01T01:30,1.5,3,1,2.25,7\n2020-11-01 01:31:00,2,3,1,2,\n".repeat(50);
        String header = "timestamp,open,high,low,close,volume\n";
        return List.of(
                text(header + rows),
                text(header.replace(',', ';') + iso.replace(',', ';').replace('.', ',')),
                text("17.04.2020 14:30\t1\t1\t1\t1\t1\n".repeat(50)),
                text(rows.replaceAll("\n", ",1587133859999,1,1,1,1,0\n")),
                text("[[" + rows.strip().replace(",\n", ",null\n").replace("\n", "],[") + "0]]"),
                text("timestamp,price,amount\n1587133800,1,1\n1587133860.5,2,1\n".repeat(20)),
                ("\uFEFF" + header + rows).getBytes(StandardCharsets.UTF_16LE),
                gzip(text(header + rows)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /// {@return the file with a few bytes changed, put in, cut out, or cut off}
    private static byte[] damaged(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(1, 12); i > 0 && bytes.length > 1; i--) {
            // Half of the damage goes to the head, which decides most.
            int at =
                    random.nextInt(
                            random.nextBoolean() ? Math.min(60, bytes.length) : bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) ODD.charAt(random.nextInt(ODD.length()));
                case 2 -> bytes = without(bytes, at, random.nextInt(1, 40));
                default -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int from, int count) {
        int to = Math.min(bytes.length, from + count);
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    @Test
    void damagedFileIsReadOrRefusedWithASentence() throws Exception {
        List<byte[]> seeds = seeds();
        int[] outcomes = new int[2];
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = damaged(seeds.get(i % seeds.size()), new Random(i));
            Path file = Files.write(folder.resolve("fuzz"), bytes);
            assertThatCode(() -> outcomes[read(file) ? 0 : 1]++)
                    .as("seed %d", i)
                    .doesNotThrowAnyException();
        }
        // Both happen often, else the damage is too small or too large to show anything.
        assertThat(outcomes[0]).isGreaterThan(FILES / 20);
        assertThat(outcomes[1]).isGreaterThan(FILES / 20);
    }

    private static boolean read(Path file) {
        try {
            BarFile open =
                    BarFile.open(
                            file,
                            RULES,
                            ReadOptions.parse(Map.of("zone", "America/New_York")),
                            Received.noParquet());
            Received received = new Received();
            ReadCount count = open.read(received, _ -> {});
            assertThat(received.rows.size()).isEqualTo((int) count.kept());
            assertThat(received.refused.size()).isEqualTo((int) count.refused());
            assertThat(received.rows).allSatisfy(BarFileFuzzTest::check);
            assertThat(received.refused)
                    .allSatisfy(refused -> assertThat(refused.text()).hasSizeLessThan(202));
            return true;
        } catch (StoreException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(600);
            assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID);
            return false;
        }
    }

    private static void check(Received.Row row) {
        long time = Timeframe.micros(Instant.parse(row.time()));
        assertThat(RULES.flaw(time, row.open(), row.high(), row.low(), row.close(), row.volume()))
                .isEmpty();
    }
}
