package dev.ktrdr.store;

import dev.ktrdr.market.BarRules;
import dev.ktrdr.market.Bars;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// One import of one series on its way: rows come in any order, are checked, sorted and put beside
/// the store, and become part of it all at once or not at all.
///
///     add, add, add ...     memory stays bounded: what is too much waits on the disk
///     preview               what would change
///     commit                the series has the new bars, whatever happens from here on
///     close                 without a commit: nothing has happened
///
/// Rows of the same time: equal ones are one bar, of different ones the first stays and the others
/// are refused. For one thread. Any number may be open, also for one series; their commits come one
/// after the other.
public final class Staging implements AutoCloseable {

    private static final int BATCH_ROWS = 1 << 18;
    private static final long DAY_MICROS = 86_400_000_000L;

    /// A time outside these years is a mistake: another unit was meant.
    private static final long EARLIEST = LocalDate.of(1700, 1, 1).toEpochDay() * DAY_MICROS;

    private static final long LATEST = LocalDate.of(2300, 1, 1).toEpochDay() * DAY_MICROS;

    /// Hears of rows that are not taken.
    @FunctionalInterface
    public interface Refusals {

        /// Does nothing about them; they are counted all the same.
        Refusals IGNORED = (_, _) -> {};

        /// A row was not taken. Rows that clash with others are told of some time after they were
        /// added, the last ones during the preview or the commit.
        ///
        /// @param line that it was added with
        /// @param reason why, a sentence without full stop
        void refused(long line, String reason);
    }

    private final StoredSeries series;
    private final BarRules rules;
    private final String id;
    private final Refusals refusals;
    private final StagedFiles files;
    private final Rows batch = new Rows(1024);

    private long rowCount;
    private long refusedCount;
    private long duplicateCount;
    private long outOfOrderCount;
    private long previous = Long.MIN_VALUE;
    private boolean done;

    Staging(StoredSeries series, String id, Path folder, Refusals refusals) {
        this.series = series;
        this.rules = series.rules();
        this.id = id;
        this.refusals = refusals;
        this.files = new StagedFiles(folder);
    }

    /// {@return the identifier of this import, unique}
    public String id() {
        return id;
    }

    /// {@return the series that is imported into}
    public SeriesName name() {
        return series.name();
    }

    /// Adds a row, or refuses it.
    ///
    /// @param line number in the file, 0 or more; given back when the row is refused
    /// @param time open of the bar, microseconds since the epoch, UTC
    /// @param open first price
    /// @param high highest price
    /// @param low lowest price
    /// @param close last price
    /// @param volume traded amount, `NaN` where unknown
    /// @throws StoreException of kind UNAVAILABLE if there is no room for it
    public void add(
            long line,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        add(line, false, time, open, high, low, close, volume);
    }

    /// Adds all of `bars`, with their marks; their positions count as lines.
    ///
    /// @throws IllegalArgumentException if they are of another timeframe
    public void add(Bars bars) {
        if (bars.timeframe() != rules.timeframe()) {
            throw new IllegalArgumentException(
                    "bars must be of " + name() + ", were of " + bars.timeframe().id());
        }
        for (int i = 0; i < bars.count(); i++) {
            add(
                    i,
                    bars.isSynthetic(i),
                    bars.time(i),
                    bars.open().at(i),
                    bars.high().at(i),
                    bars.low().at(i),
                    bars.close().at(i),
                    bars.volume().at(i));
        }
    }

    private void add(
            long line,
            boolean synthetic,
            long time,
            double open,
            double high,
            double low,
            double close,
            double volume) {
        rowCount++;
        Optional<String> flaw = rules.flaw(time, open, high, low, close, volume);
        if (flaw.isPresent()) {
            refuse(line, flaw.get());
            return;
        }
        if (time < EARLIEST || time >= LATEST) {
            refuse(line, "time must lie in the years 1700 to 2299");
            return;
        }
        if (time < previous) {
            outOfOrderCount++;
        }
        previous = time;
        batch.add(line, synthetic, time, open, high, low, close, volume);
        if (batch.count() == BATCH_ROWS) {
            sort();
        }
    }

    private void refuse(long line, String reason) {
        refusedCount++;
        refusals.refused(line, reason);
    }

    /// Moves the rows of the batch to the partitions they belong to.
    private void sort() {
        try {
            Rows sorted = batch.sorted();
            int row = 0;
            while (row < sorted.count()) {
                Partition partition = Partition.of(rules.timeframe(), sorted.time(row));
                int end = row;
                while (end < sorted.count() && partition.has(sorted.time(end))) {
                    end++;
                }
                files.replace(partition, combine(files.rows(partition), sorted, row, end));
                row = end;
            }
            batch.clear();
        } catch (IOException e) {
            throw series.unavailable(e);
        }
    }

    /// {@return `before` with the rows of the batch from `from` to `to`, in order and without
    /// doubles; `before` itself if they all come after it}
    private Rows combine(Rows before, Rows sorted, int from, int to) {
        int earlierCount = before.count();
        boolean behind = earlierCount == 0 || before.last() < sorted.time(from);
        Rows target = behind ? before : new Rows(earlierCount + to - from);
        if (behind && sorted.isRising(from, to)) {
            target.addAll(sorted, from, to);
            return target;
        }
        int earlier = behind ? earlierCount : 0;
        for (int row = from; row < to; row++) {
            while (earlier < earlierCount && before.time(earlier) <= sorted.time(row)) {
                target.add(before, earlier++);
            }
            if (target.count() > 0 && target.last() == sorted.time(row)) {
                clash(target, sorted, row);
            } else {
                target.add(sorted, row);
            }
        }
        while (earlier < earlierCount) {
            target.add(before, earlier++);
        }
        return target;
    }

    private void clash(Rows kept, Rows batch, int row) {
        int last = kept.count() - 1;
        if (kept.equal(last, batch, row)) {
            duplicateCount++;
        } else {
            refuse(
                    batch.line(row),
                    "differs from line " + kept.line(last) + ", which has the same time");
        }
    }

    /// {@return what has come so far}
    public Staged staged() {
        sort();
        return new Staged(
                rowCount,
                refusedCount,
                duplicateCount,
                outOfOrderCount,
                files.rowCount(),
                files.first(),
                files.last());
    }

    /// {@return what a commit would change now}
    ///
    /// @throws StoreException of kind UNAVAILABLE if the series cannot be read
    public Outcome preview() {
        sort();
        return series.preview(this);
    }

    /// Makes the rows part of the series, without a word about where they came from.
    ///
    /// @return what has changed
    /// @throws StoreException of kind UNAVAILABLE if that fails; the series is as before
    public Outcome commit(Merge mode) {
        sort();
        finish();
        return series.commit(this, mode, List.of(), _ -> {});
    }

    /// Makes the rows part of the series, and remembers where they came from.
    ///
    /// @param progress is told how many bars have been written so far, until nothing can stop the
    ///     import any more; what it throws gives the import up
    /// @return what has changed
    /// @throws StoreException of kind UNAVAILABLE if that fails; the series is as before
    public Outcome commit(Merge mode, Provenance provenance, LongConsumer progress) {
        Staged staged = staged();
        finish();
        Import one =
                new Import(id, name(), provenance, mode, staged, Outcome.NOTHING, Import.STORED);
        return series.commit(this, mode, List.of(one), progress);
    }

    /// Makes the rows part of the series, and remembers where they came from.
    ///
    /// @return what has changed
    /// @throws StoreException of kind UNAVAILABLE if that fails; the series is as before
    public Outcome commit(Merge mode, Provenance provenance) {
        return commit(mode, provenance, _ -> {});
    }

    private void finish() {
        if (done) {
            throw new IllegalStateException("a staging is committed once");
        }
        done = true;
    }

    /// {@return the partitions that have rows}
    Collection<Partition> partitions() {
        return files.partitions();
    }

    /// {@return the bars of one partition}
    Bars bars(Partition partition) throws IOException {
        return files.rows(partition).bars(rules);
    }

    Path folder() {
        return files.folder();
    }

    @Override
    public void close() {
        series.discard(files.folder());
    }
}
