package dev.ktrdr.api;

import dev.ktrdr.export.Extract;
import dev.ktrdr.export.JsonForm;
import dev.ktrdr.job.Derivation;
import dev.ktrdr.job.Downloader;
import dev.ktrdr.job.Operations;
import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.SeriesName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Bars that the service makes or gets by itself; each stored by an operation.
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
@RunOnVirtualThread
final class DerivationResource {

    /// Bars of a longer timeframe.
    record Resample(
            @Nullable String symbol,
            @Nullable String timeframe,
            @Nullable String target,
            @Nullable Boolean store,
            @Nullable String mode) {}

    /// Flat bars in short gaps.
    record Fill(
            @Nullable String symbol, @Nullable String timeframe, @Nullable Integer maxGapBars) {}

    /// New bars from the source, from `startDate` on if there are none yet.
    record Download(
            @Nullable String symbol, @Nullable String timeframe, @Nullable String startDate) {}

    private final BarLake lake;
    private final Derivation derivation;
    private final Downloader downloader;
    private final Operations operations;

    DerivationResource(
            BarLake lake, Derivation derivation, Downloader downloader, Operations operations) {
        this.lake = lake;
        this.derivation = derivation;
        this.downloader = downloader;
        this.operations = operations;
    }

    @POST
    @Path("data/resample")
    @Operation(
            summary = "Makes the finished bars of a longer timeframe",
            description =
                    "With store=true an operation merges them into that series (mode keep or"
                            + " overwrite says which bars win there). Else they are the answer.")
    public Response resample(@Nullable Resample body) {
        Resample wanted = body == null ? new Resample(null, null, null, null, null) : body;
        SeriesName name = existing(wanted.symbol(), wanted.timeframe());
        Timeframe target = SeriesName.of(name.symbol(), text(wanted.target())).timeframe();
        Merge mode = Words.mode(text(wanted.mode()));
        derivation.check(name, target);
        if (!Boolean.TRUE.equals(wanted.store())) {
            return shown(name.symbol(), derivation.resampled(name, target));
        }
        Map<String, Object> metadata = metadata(name);
        metadata.put("target", target.id());
        return JobResource.accepted(
                operations.start(
                        "data_resample",
                        metadata,
                        progress -> derivation.resample(name, target, mode, progress)));
    }

    private static Response shown(String symbol, Bars bars) {
        Extract extract = new Extract(symbol, bars.timeframe().id(), List.of(bars), false, "");
        StreamingOutput body = out -> JsonForm.write(extract, out);
        return Response.ok(body, MediaType.APPLICATION_JSON).build();
    }

    @POST
    @Path("data/fill")
    @Operation(
            summary = "Fills the short gaps of a series with flat bars, as an operation",
            description = "They are marked as synthetic for ever, and nothing trades on them.")
    public Response fill(@Nullable Fill body) {
        Fill wanted = body == null ? new Fill(null, null, null) : body;
        SeriesName name = existing(wanted.symbol(), wanted.timeframe());
        Integer given = wanted.maxGapBars();
        if (given == null || given < 1) {
            throw Words.invalid("max_gap_bars must be a whole number, at least 1, was " + given);
        }
        int longest = given;
        Map<String, Object> metadata = metadata(name);
        metadata.put("max_gap_bars", longest);
        return JobResource.accepted(
                operations.start(
                        "data_fill",
                        metadata,
                        progress -> derivation.fill(name, longest, progress)));
    }

    @POST
    @Path("data/acquire/download")
    @Operation(summary = "Gets the bars that a series lacks at its end, as an operation")
    public Response download(@Nullable Download body) {
        Download wanted = body == null ? new Download(null, null, null) : body;
        SeriesName name = SeriesName.of(text(wanted.symbol()), text(wanted.timeframe()));
        String start = text(wanted.startDate());
        long from = start.isEmpty() ? 0 : Words.micros("start_date", start);
        Map<String, Object> metadata = metadata(name);
        metadata.put("start_date", start);
        return JobResource.accepted(
                operations.start(
                        "data_download",
                        metadata,
                        progress -> downloader.run(name, from, progress)));
    }

    private SeriesName existing(@Nullable String symbol, @Nullable String timeframe) {
        return SeriesPath.existing(lake, text(symbol), text(timeframe));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static Map<String, Object> metadata(SeriesName name) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("symbol", name.symbol());
        metadata.put("timeframe", name.timeframe().id());
        return metadata;
    }
}
