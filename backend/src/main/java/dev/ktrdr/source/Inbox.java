package dev.ktrdr.source;

import dev.ktrdr.source.InboxFolder.Shape;
import dev.ktrdr.source.Notice.Kind;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.WritableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A folder whose files are imported as they come, each once.
///
///     inbox/SPX_1d.csv -> importer -> inbox/done/SPX_1d.csv
///                                     inbox/refused/SPX_1d.csv, SPX_1d.csv.reason.txt
///
/// It is looked at every few seconds, because a container is not told of changes in a folder of
/// its host. A file is taken when two looks find it the same. A writer who may pause for longer
/// writes under a name that begins with a dot, and renames it. Hidden files are passed over.
///
/// Moving comes last. Killed at any moment, a file lies either still in the inbox, and is imported
/// again to no effect, or where it belongs. Nothing is deleted, nothing written over.
public final class Inbox implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final InboxFolder folder;
    private final Importer importer;
    private final Consumer<Notice> notices;
    private final InstantSource time;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<Path, Pending> pending = new HashMap<>();
    private Map<Path, Shape> seen = Map.of();
    private String told = "";
    private Optional<Thread> watcher = Optional.empty();

    private record Verdict(Kind kind, String text) {}

    /// A file that could not be moved to where it belongs yet.
    ///
    /// @param shape of the file that was judged; another one is judged anew
    /// @param verdict what the importer said
    /// @param told what people were told last, so that they hear it once
    /// @param retry when to try again
    private record Pending(Shape shape, Verdict verdict, String told, Instant retry) {}

    /// An inbox that nobody watches yet.
    ///
    /// @param root the folder; it is made when it is first looked at
    /// @param importer takes the files, one at a time
    /// @param notices hears what becomes of them
    /// @param time of the retries
    public Inbox(Path root, Importer importer, Consumer<Notice> notices, InstantSource time) {
        this.folder = new InboxFolder(root);
        this.importer = importer;
        this.notices = notices;
        this.time = time;
    }

    /// Looks at the folder from now on, until it is closed.
    ///
    /// @param pause from one look to the next
    public void watch(Duration pause) {
        watcher = Optional.of(Thread.ofVirtual().name("inbox").start(() -> watching(pause)));
    }

    private void watching(Duration pause) {
        try {
            do {
                look();
            } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// {@return what the operator has to do before files can be taken, empty if all is well}
    public Optional<String> problem() {
        if (!isStopping() && watcher.filter(thread -> !thread.isAlive()).isPresent()) {
            return Optional.of("the inbox is no longer watched; restart the service");
        }
        return WritableFolder.problem(folder.root());
    }

    /// Takes the files that are as they were at the look before.
    void look() {
        try {
            Map<Path, Shape> now = folder.waiting();
            for (Map.Entry<Path, Shape> file : now.entrySet()) {
                boolean steady = file.getValue().equals(seen.get(file.getKey()));
                if (steady && !isStopping()) {
                    handle(file.getKey(), file.getValue());
                }
            }
            seen = now;
            pending.keySet().retainAll(now.keySet());
            told = "";
        } catch (IOException e) {
            String fault = "the inbox cannot be read: " + e;
            if (!fault.equals(told)) {
                tell(Kind.WAITING, folder.root(), fault);
            }
            told = fault;
        }
    }

    private void handle(Path file, Shape shape) {
        Optional<Pending> before =
                Optional.ofNullable(pending.get(file)).filter(last -> last.shape().equals(shape));
        if (before.filter(last -> last.retry().isAfter(time.instant())).isPresent()) {
            return;
        }
        Verdict verdict =
                before.map(Pending::verdict)
                        .filter(last -> last.kind() != Kind.WAITING)
                        .orElseGet(() -> judge(file, shape));
        String last = before.map(Pending::told).orElse("");
        try {
            switch (verdict.kind()) {
                case TAKEN -> folder.done(file, time.instant());
                case REFUSED -> folder.refuse(file, verdict.text(), time.instant());
                case WAITING -> {
                    postpone(file, new Pending(shape, verdict, verdict.text(), retry()), last);
                    return;
                }
            }
            tell(verdict.kind(), file, verdict.text());
        } catch (IOException e) {
            String text = "%s; but it cannot be moved away: %s".formatted(verdict.text(), e);
            postpone(file, new Pending(shape, verdict, text, retry()), last);
        }
    }

    private Verdict judge(Path file, Shape shape) {
        if (!Files.isReadable(file) && !Files.isSymbolicLink(file)) {
            return new Verdict(
                    Kind.WAITING, "this process may not read it; change its mode or owner");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Verdict(Kind.REFUSED, "only plain files are imported, no links");
        }
        try {
            String result = importer.take(Drop.of(folder.root(), file));
            return Shape.of(file).equals(shape)
                    ? new Verdict(Kind.TAKEN, result)
                    : new Verdict(Kind.WAITING, "it changed while it was read");
        } catch (StoreException e) {
            return new Verdict(
                    isFinal(e) ? Kind.REFUSED : Kind.WAITING, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Verdict(Kind.WAITING, "it cannot be read: " + e);
        } catch (RuntimeException e) {
            // Being stopped looks like any fault, and the file must not suffer from ours.
            return new Verdict(isStopping() ? Kind.WAITING : Kind.REFUSED, "unexpected: " + e);
        }
    }

    private boolean isFinal(StoreException e) {
        return switch (e.kind()) {
            case INVALID, NOT_FOUND -> !isStopping();
            case CONFLICT, UNAVAILABLE -> false;
        };
    }

    private void postpone(Path file, Pending next, String last) {
        pending.put(file, next);
        if (!next.told().equals(last)) {
            tell(Kind.WAITING, file, next.told());
        }
    }

    private Instant retry() {
        return time.instant().plus(RETRY);
    }

    private void tell(Kind kind, Path file, String text) {
        notices.accept(new Notice(kind, folder.root().relativize(file), text));
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// Stops looking. An import that goes on is given a few seconds; whatever becomes of it, its
    /// file stays where it can be imported again.
    @Override
    public void close() {
        stopping.countDown();
        if (watcher.isPresent()) {
            try {
                watcher.get().join(GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
