package dev.ktrdr.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ktrdr.HandClock;
import dev.ktrdr.source.Notice.Kind;
import dev.ktrdr.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    @TempDir Path folder;

    private final HandClock clock = HandClock.anywhere();
    private final List<String> taken = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private Importer importer = drop -> "kept all";
    private Inbox inbox;

    @BeforeEach
    void open() {
        inbox = new Inbox(folder, this::take, notices::add, clock);
    }

    private String take(Drop drop) throws IOException {
        taken.add(drop.name() + " " + Files.readString(drop.file()));
        return importer.take(drop);
    }

    private void put(String place, String text) throws IOException {
        Path file = folder.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            inbox.look();
        }
    }

    /// {@return every file below the inbox}
    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> found = new TreeSet<>();
            files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> found.add(folder.relativize(file).toString()));
            return found;
        }
    }

    private void fails(RuntimeException fault) {
        importer =
                drop -> {
                    throw fault;
                };
    }

    @Test
    void fileIsTakenWhenTwoLooksFindItTheSame() throws IOException {
        put("SPX_1d.csv", "abc");
        look(1);
        assertThat(taken).isEmpty();
        look(1);
        assertThat(taken).containsExactly("SPX 1d abc");
        assertThat(files()).containsExactly("done/SPX_1d.csv");
        assertThat(notices)
                .containsExactly(new Notice(Kind.TAKEN, Path.of("SPX_1d.csv"), "kept all"));
        look(3);
        assertThat(taken).hasSize(1);
    }

    @Test
    void fileThatGrowsIsLeftAlone() throws IOException {
        for (int i = 1; i <= 5; i++) {
            put("SPX_1d.csv", "x".repeat(i));
            look(1);
        }
        assertThat(taken).isEmpty();
        look(1);
        assertThat(taken).containsExactly("SPX 1d xxxxx");
    }

    @Test
    void hiddenFilesAndFoldersAreLeftAlone() throws IOException {
        put(".SPX_1d.csv", "abc");
        put(".git/SPX_1d.csv", "abc");
        look(3);
        assertThat(taken).isEmpty();
        assertThat(files()).containsExactly(".SPX_1d.csv", ".git/SPX_1d.csv");
    }

    @Test
    void filesAreTakenInTheOrderOfTheirNames() throws IOException {
        put("B-1m-2024-02.csv", "2");
        put("B-1m-2024-01.csv", "1");
        put("A/1d/x.csv", "0");
        look(2);
        assertThat(taken).containsExactly("A 1d 0", "B 1m 1", "B 1m 2");
        assertThat(files())
                .containsExactly(
                        "done/A/1d/x.csv", "done/B-1m-2024-01.csv", "done/B-1m-2024-02.csv");
    }

    @Test
    void optionsTravelWithTheirFile() throws IOException {
        put("SPX_1d.csv.options.json", "{\"zone\":\"America/New_York\"}");
        look(2);
        assertThat(files()).containsExactly("SPX_1d.csv.options.json");
        put("SPX_1d.csv", "abc");
        look(2);
        assertThat(files()).containsExactly("done/SPX_1d.csv", "done/SPX_1d.csv.options.json");
    }

    @Test
    void fileThatCannotBeUsedIsRefusedWithTheReasonBesideIt() throws IOException {
        fails(new StoreException(StoreException.Kind.INVALID, "a stamp has no zone"));
        put("SPX_1d.csv", "abc");
        put("prices.csv", "abc");
        look(2);
        assertThat(files())
                .containsExactly(
                        "refused/SPX_1d.csv",
                        "refused/SPX_1d.csv.reason.txt",
                        "refused/prices.csv",
                        "refused/prices.csv.reason.txt");
        assertThat(folder.resolve("refused/SPX_1d.csv.reason.txt"))
                .hasContent("a stamp has no zone");
        assertThat(folder.resolve("refused/SPX_1d.csv")).hasContent("abc");
        assertThat(notices).extracting(Notice::kind).containsOnly(Kind.REFUSED);
    }

    @Test
    void faultOfTheImporterItselfDoesNotStopTheOthers() throws IOException {
        importer =
                drop -> {
                    if (drop.name().symbol().equals("A")) {
                        throw new IllegalStateException("a bug");
                    }
                    return "kept all";
                };
        put("A_1d.csv", "abc");
        put("B_1d.csv", "abc");
        look(2);
        assertThat(files())
                .containsExactly(
                        "done/B_1d.csv", "refused/A_1d.csv", "refused/A_1d.csv.reason.txt");
    }

    @Test
    void fullDiskLeavesTheFileAndIsToldOnce() throws IOException {
        fails(new StoreException(StoreException.Kind.UNAVAILABLE, "the disk is full"));
        put("SPX_1d.csv", "abc");
        look(5);
        assertThat(taken).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        look(5);
        assertThat(taken).hasSize(2);
        assertThat(notices)
                .containsExactly(
                        new Notice(Kind.WAITING, Path.of("SPX_1d.csv"), "the disk is full"));
        importer = drop -> "kept all";
        clock.advance(Duration.ofMinutes(1));
        look(1);
        assertThat(files()).containsExactly("done/SPX_1d.csv");
    }

    @Test
    void secondFileOfTheSameNameDoesNotReplaceTheFirst() throws IOException {
        for (String text : List.of("1", "2", "3")) {
            put("SPX_1d.csv", text);
            look(2);
        }
        assertThat(files())
                .containsExactly(
                        "done/20260102-030405/SPX_1d.csv",
                        "done/20260102-030406/SPX_1d.csv",
                        "done/SPX_1d.csv");
        assertThat(folder.resolve("done/SPX_1d.csv")).hasContent("1");
    }

    /// A second import of the same file is the importer's affair: it changes nothing.
    @Test
    void fileOfAKilledProcessIsImportedAgainAndMoved() throws IOException {
        put("SPX_1d.csv", "abc");
        importer =
                drop -> {
                    throw new ThreadDeath9();
                };
        look(1);
        try {
            look(1);
        } catch (ThreadDeath9 killed) {
            // As far as a process can kill itself within a test: nothing after this point has run.
        }
        assertThat(files()).containsExactly("SPX_1d.csv");
        importer = drop -> "nothing new";
        open();
        look(2);
        assertThat(taken).containsExactly("SPX 1d abc", "SPX 1d abc");
        assertThat(files()).containsExactly("done/SPX_1d.csv");
    }

    private static final class ThreadDeath9 extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void fileThatChangesWhileItIsReadStays() throws IOException {
        put("SPX_1d.csv", "abc");
        importer =
                drop -> {
                    Files.writeString(drop.file(), "abcdef");
                    return "kept half";
                };
        look(2);
        importer = drop -> "kept all";
        look(1);
        assertThat(files()).containsExactly("SPX_1d.csv");
        look(1);
        assertThat(taken).containsExactly("SPX 1d abc", "SPX 1d abcdef");
        assertThat(files()).containsExactly("done/SPX_1d.csv");
    }

    /// A file stands where the folder is due, which stops even root.
    @Test
    void fileThatCannotBeMovedIsNotImportedAgain() throws IOException {
        put("SPX_1d.csv", "abc");
        put(".done", "in the way");
        Files.move(folder.resolve(".done"), folder.resolve("done"));
        look(3);
        clock.advance(Duration.ofHours(1));
        look(3);
        assertThat(taken).hasSize(1);
        assertThat(notices).hasSize(1);
        assertThat(notices.getFirst().text()).startsWith("kept all; but it cannot be moved away: ");
        Files.delete(folder.resolve("done"));
        clock.advance(Duration.ofHours(1));
        look(1);
        assertThat(taken).hasSize(1);
        assertThat(files()).containsExactly("done/SPX_1d.csv");
    }

    @Test
    void linksAreRefusedAndNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "abc");
        Files.createSymbolicLink(folder.resolve("SPX_1d.csv"), secret);
        Files.createSymbolicLink(folder.resolve("SPX"), elsewhere);
        look(2);
        assertThat(taken).isEmpty();
        assertThat(files())
                .contains("refused/SPX", "refused/SPX_1d.csv", "refused/SPX_1d.csv.reason.txt");
        assertThat(secret).hasContent("abc");
    }

    @Test
    void folderThatCannotBeReadIsToldOnce(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("inbox"), "no folder");
        inbox = new Inbox(file, this::take, notices::add, clock);
        look(3);
        assertThat(notices).hasSize(1);
        assertThat(inbox.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("is a file"));
    }

    @Test
    void closingDuringAnImportLeavesTheFile() throws Exception {
        put("SPX_1d.csv", "abc");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        importer =
                drop -> {
                    begun.countDown();
                    await(closing);
                    throw new IllegalStateException("the store is closed");
                };
        inbox.watch(Duration.ofMillis(1));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        Thread closer = Thread.ofVirtual().start(inbox::close);
        while (closer.getState() == Thread.State.NEW
                || closer.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join();
        assertThat(files()).containsExactly("SPX_1d.csv");
        assertThat(notices).extracting(Notice::kind).containsExactly(Kind.WAITING);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
