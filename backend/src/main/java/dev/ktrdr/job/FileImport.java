package dev.ktrdr.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.feed.BarFile;
import dev.ktrdr.feed.ParquetRows;
import dev.ktrdr.feed.ReadCount;
import dev.ktrdr.feed.ReadOptions;
import dev.ktrdr.feed.RowSink;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Outcome;
import dev.ktrdr.store.Provenance;
import dev.ktrdr.store.Staged;
import dev.ktrdr.store.Staging;
import dev.ktrdr.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/// Imports a file: finds out how it is made, reads it as a stream into a staging beside the
/// series, commits that at once, and measures what the series is worth now.
public final class FileImport implements Importer {

    private final BarLake lake;
    private final ParquetRows parquet;
    private final QualityReports quality;
    private final Rejects rejects;
    private final ObjectMapper json;
    private final Clock clock;

    /// Imports into `lake`.
    ///
    /// @param lake where the bars go
    /// @param parquet reads Parquet files
    /// @param quality measures the series afterwards
    /// @param rejects keeps the rows that were refused
    /// @param json writes how a file was understood into its provenance
    /// @param clock for the time of the import
    public FileImport(
            BarLake lake,
            ParquetRows parquet,
            QualityReports quality,
            Rejects rejects,
            ObjectMapper json,
            Clock clock) {
        this.lake = lake;
        this.parquet = parquet;
        this.quality = quality;
        this.rejects = rejects;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ImportResult run(ImportRequest request, Progress progress) throws IOException {
        ReadOptions options = ReadOptions.parse(request.options());
        BarFile file = BarFile.open(request.file(), lake.rules(request.name()), options, parquet);
        Map<String, Object> detected = file.detected().toMap();
        progress.fact("detected", detected);
        String sha256 = Trees.sha256(request.file());
        progress.checkCancelled();
        try (Refused refused = new Refused(rejects.open(request.id()));
                Staging staging = lake.stage(request.name(), refused::add)) {
            ReadCount read = read(request, file, staging, refused, progress);
            Staged staged = staging.staged();
            progress.checkCancelled();
            progress.step(request.dryRun() ? "comparing" : "storing", 80, 92);
            Outcome outcome;
            if (staged.barCount() == 0) {
                outcome = new Outcome(0, 0, 0);
            } else if (request.dryRun()) {
                outcome = staging.preview();
            } else {
                Provenance provenance =
                        new Provenance(
                                request.source(),
                                sha256,
                                text(detected),
                                read.refused(),
                                Timeframe.micros(clock.instant()));
                outcome = staging.commit(request.mode(), provenance);
            }
            progress.step("measuring", 92, 100);
            return ImportResult.of(
                    request, detected, sha256, read, staged, outcome, refused, lake, quality);
        }
    }

    private static ReadCount read(
            ImportRequest request,
            BarFile file,
            Staging staging,
            Refused refused,
            Progress progress)
            throws IOException {
        progress.step("reading", 0, 80);
        long total = Files.size(request.file());
        return file.read(
                new RowSink() {
                    @Override
                    public void row(
                            long line,
                            long time,
                            double open,
                            double high,
                            double low,
                            double close,
                            double volume) {
                        staging.add(line, time, open, high, low, close, volume);
                    }

                    @Override
                    public void refused(long line, String text, String reason) {
                        refused.add(line, text, reason);
                    }
                },
                count -> {
                    progress.items(count, total);
                    progress.checkCancelled();
                });
    }

    private String text(Map<String, Object> detected) {
        try {
            return json.writeValueAsString(detected);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what was detected cannot be written as JSON", e);
        }
    }
}
