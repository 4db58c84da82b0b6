package dev.ktrdr.store;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import dev.ktrdr.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One series in the lake.
///
/// One writes at a time. Reading goes on meanwhile, and waits only while new files are renamed into
/// place, so that it sees either all or none of them.
final class StoredSeries {

    private final SeriesName name;
    private final BarRules rules;
    private final DataFolder data;
    private final StateDatabase database;
    private final BarCache cache;
    private final SeriesFiles files;

    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantLock fetching = new ReentrantLock();
    private final ReadWriteLock inPlace = new ReentrantReadWriteLock();

    /// The state in which the series has no room in the cache.
    private volatile @Nullable Fingerprint oversized;

    /// A stage that counts but could not be put into place; that is tried again with each access.
    private volatile @Nullable Path unfinished;

    /// Whether the files of that stage are in place, and only the database is behind.
    private volatile boolean placed;

    StoredSeries(
            SeriesName name,
            BarRules rules,
            DataFolder data,
            ParquetFiles parquet,
            StateDatabase database,
            BarCache cache) {
        this.name = name;
        this.rules = rules;
        this.data = data;
        this.database = database;
        this.cache = cache;
        this.files = new SeriesFiles(data.bars().resolve(name.folder()), rules, parquet);
    }

    SeriesName name() {
        return name;
    }

    BarRules rules() {
        return rules;
    }

    private interface Question<T> {
        T answer() throws IOException, SQLException;
    }

    /// {@return the answer to a question about files that stay in place meanwhile}
    private <T> T reading(Question<T> question) {
        try {
            if (!placed) {
                finish();
            }
            inPlace.readLock().lock();
            try {
                return question.answer();
            } finally {
                inPlace.readLock().unlock();
            }
        } catch (SQLException | IOException | IllegalArgumentException e) {
            // The last: a file that somebody put there holds rows that are no bars.
            throw new StoreException(Kind.UNAVAILABLE, "cannot read " + name + ": " + e, e);
        }
    }

    boolean isThere() {
        return reading(() -> !files.isEmpty());
    }

    Fingerprint fingerprint() {
        return reading(files::fingerprint);
    }

    long bytes() {
        return reading(files::bytes);
    }

    private BarFiles there() throws IOException, SQLException {
        BarFiles now = files.now();
        if (now.isEmpty()) {
            throw new StoreException(Kind.NOT_FOUND, "no data for " + name);
        }
        return now;
    }

    /// {@return the bars from `from` to `to`, from the cache if the whole series has room there}
    Bars read(long from, long to) {
        return reading(
                () -> {
                    // One thread at a time fetches what many may be waiting for.
                    fetching.lock();
                    try {
                        Fingerprint state = files.fingerprint();
                        Optional<Bars> kept = cache.find(name, state);
                        return kept.isPresent()
                                ? kept.get().between(from, to)
                                : fetch(state, from, to);
                    } finally {
                        fetching.unlock();
                    }
                });
    }

    private Bars fetch(Fingerprint state, long from, long to) throws IOException, SQLException {
        BarFiles now = there();
        if (!state.equals(oversized)) {
            long count = files.rowCount(now);
            if (cache.fits(count)) {
                Bars bars = files.readAll(now, (int) count);
                cache.keep(name, state, bars);
                return bars.between(from, to);
            }
            oversized = state;
        }
        return files.read(now, from, to);
    }

    /// {@return the bars of `partition`, which take no room in the cache}
    Bars read(Partition partition) {
        return reading(
                () -> {
                    Optional<Bars> kept = cache.find(name, files.fingerprint());
                    return kept.isPresent()
                            ? kept.get().between(partition.from(), partition.to())
                            : files.read(there(), partition);
                });
    }

    /// {@return the partitions that have bars, in order}
    List<Partition> partitions() {
        return reading(() -> List.copyOf(files.partitions(there())));
    }

    void copyTo(long from, long to, Path target) {
        reading(
                () -> {
                    files.copy(there(), from, to, target);
                    return target;
                });
    }

    long count() {
        return reading(
                () -> {
                    BarFiles now = files.now();
                    // Files of others may have bars that ours have, too.
                    return now.foreign().isEmpty()
                            ? files.rowCount(now)
                            : files.readAll(now, 1).count();
                });
    }

    /// What a commit does, or would do, to one file.
    private record Piece(Partition partition, Outcome outcome, int barCount, boolean written) {}

    /// {@return what a commit of `staging` would change}
    Outcome preview(Staging staging) {
        return reading(
                () -> {
                    BarFiles now = files.now();
                    List<Piece> pieces = new ArrayList<>();
                    Workers.each(
                            staging.partitions(),
                            partition -> {
                                Merged merged = merged(staging, now, partition, Merge.KEEP);
                                return new Piece(partition, merged.outcome(), 0, false);
                            },
                            pieces::add);
                    return total(pieces);
                });
    }

    private static Outcome total(List<Piece> pieces) {
        return pieces.stream().map(Piece::outcome).reduce(Outcome.NOTHING, Outcome::plus);
    }

    private Merged merged(Staging staging, BarFiles now, Partition partition, Merge mode)
            throws IOException, SQLException {
        return Merged.of(files.read(now, partition), staging.bars(partition), mode);
    }

    /// Makes what is staged part of this series.
    ///
    /// @param imports what is to be remembered; their outcome is filled in
    /// @param progress is told how many bars have been written so far
    Outcome commit(Staging staging, Merge mode, List<Import> imports, LongConsumer progress) {
        writing.lock();
        try {
            finish();
            Path stage = Files.createDirectories(staging.folder());
            BarFiles now = files.now();
            List<Piece> pieces = new ArrayList<>();
            Workers.each(
                    files.partitions(now, staging.partitions()),
                    partition -> write(staging, now, partition, mode),
                    piece -> {
                        pieces.add(piece);
                        progress.accept(pieces.stream().mapToLong(Piece::barCount).sum());
                    });
            Outcome total = total(pieces);
            List<String> written =
                    pieces.stream()
                            .filter(Piece::written)
                            .map(piece -> piece.partition.file())
                            .toList();
            List<Import> remembered = imports.stream().map(one -> one.with(total)).toList();
            publish(stage, new Commit(name, written, replaced(now, written), remembered));
            return total;
        } catch (SQLException | IOException | IllegalArgumentException e) {
            throw unavailable(e);
        } finally {
            writing.unlock();
        }
    }

    private Piece write(Staging staging, BarFiles now, Partition partition, Merge mode)
            throws IOException, SQLException {
        Merged merged = merged(staging, now, partition, mode);
        boolean written = merged.outcome().changes(mode) || !now.foreign().isEmpty();
        if (written) {
            files.write(merged.bars(), Commit.part(staging.folder(), partition.file()));
        }
        return new Piece(partition, merged.outcome(), merged.bars().count(), written);
    }

    private static List<String> replaced(BarFiles now, List<String> written) {
        return now.foreign().stream()
                .map(file -> file.getFileName().toString())
                .filter(file -> !written.contains(file))
                .toList();
    }

    private void publish(Path stage, Commit commit) throws IOException {
        if (commit.isEmpty()) {
            return;
        }
        DurableFile.syncFolder(stage);
        DurableFile.syncFolder(data.stages());
        DurableFile.syncFolder(data.bars());
        try {
            unfinished = stage;
            data.writers().readLock().lock(); // a backup sees files and database of one state
            try {
                commit.write(stage);
                finish();
            } finally {
                data.writers().readLock().unlock();
            }
        } finally {
            if (!Commit.exists(stage)) {
                unfinished = null;
            }
        }
    }

    /// Takes the series away, all at once.
    void delete() {
        writing.lock();
        Lock shared = data.writers().readLock();
        shared.lock();
        inPlace.writeLock().lock();
        try {
            finish();
            if (files.isEmpty()) {
                throw new StoreException(Kind.NOT_FOUND, "no data for " + name);
            }
            Path gone =
                    Files.createDirectories(data.stages()).resolve("deleted-" + UUID.randomUUID());
            Files.move(files.folder(), gone, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.syncFolder(files.folder().resolveSibling("."));
            database.forget(name);
            Trees.delete(gone);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, "cannot delete " + name + ": " + e, e);
        } finally {
            inPlace.writeLock().unlock();
            shared.unlock();
            writing.unlock();
        }
    }

    /// Puts into place what counts already but is not there yet.
    private void finish() throws IOException {
        if (unfinished == null) {
            return;
        }
        writing.lock();
        data.writers().readLock().lock();
        inPlace.writeLock().lock();
        try {
            Path stage = unfinished;
            if (stage != null && Commit.exists(stage)) {
                Commit commit = Commit.read(stage);
                commit.place(stage, data.bars());
                placed = true;
                commit.remember(database);
                Commit.delete(stage);
            }
            unfinished = null;
            placed = false;
        } finally {
            inPlace.writeLock().unlock();
            data.writers().readLock().unlock();
            writing.unlock();
        }
    }

    /// Forgets what was staged, unless it has been committed.
    void discard(Path stage) {
        try {
            if (!stage.equals(unfinished)) {
                Commit.delete(stage);
            }
        } catch (IOException left) {
            // It goes at the next start.
        }
    }

    StoreException unavailable(Exception e) {
        String full = "No space left on device";
        String reason = String.valueOf(e.getMessage()).contains(full) ? full : e.toString();
        String state = unfinished == null ? ", it is as before: " : ", it will be finished later: ";
        return new StoreException(Kind.UNAVAILABLE, "cannot store " + name + state + reason, e);
    }
}
