package dev.ktrdr.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.ktrdr.job.QualityReports;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Import;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.Staged;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import dev.ktrdr.store.Trees;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What can be known of a series beside its bars, and taking it away.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
@RunOnVirtualThread
final class SeriesResource {

    private static final int TOKEN_BYTES = 8;

    private record ImportView(
            String id,
            Instant at,
            String source,
            String sha256,
            @JsonRawValue @Schema(implementation = Map.class) String detected,
            String mode,
            long rowsIn,
            long rowsRefused,
            long rowsDuplicate,
            long rowsOutOfOrder,
            long barsAdded,
            long barsSame,
            long barsDiffering,
            @Nullable Instant first,
            @Nullable Instant last,
            String state) {

        static ImportView of(Import one) {
            Staged staged = one.staged();
            boolean none = staged.barCount() == 0;
            return new ImportView(
                    one.id(),
                    Timeframe.instant(one.provenance().at()),
                    one.provenance().source(),
                    one.provenance().sha256(),
                    one.provenance().detected(),
                    one.mode().name().toLowerCase(Locale.ROOT),
                    staged.rowCount() + one.provenance().refusedCount(),
                    staged.refusedCount() + one.provenance().refusedCount(),
                    staged.duplicateCount(),
                    staged.outOfOrderCount(),
                    one.outcome().added(),
                    one.outcome().same(),
                    one.outcome().differing(),
                    none ? null : Timeframe.instant(staged.first()),
                    none ? null : Timeframe.instant(staged.last()),
                    one.state());
        }
    }

    private record Deleted(String symbol, String timeframe, long bars) {}

    private final BarLake lake;
    private final StateDatabase database;
    private final QualityReports quality;

    SeriesResource(BarLake lake, StateDatabase database, QualityReports quality) {
        this.lake = lake;
        this.database = database;
        this.quality = quality;
    }

    @GET
    @Path("data/{symbol}/{timeframe}/quality")
    @Operation(
            summary = "How far a series can be trusted",
            description =
                    "Bars expected by the calendar and there, gaps by their reason, closed days by"
                            + " name, bars out of session, odd returns, stale runs. Lists are cut,"
                            + " their totals are not.")
    public Envelope<Map<String, Object>> quality(
            @RestPath String symbol, @RestPath String timeframe) {
        return Envelope.of(quality.of(SeriesPath.existing(lake, symbol, timeframe)));
    }

    @GET
    @Path("data/{symbol}/{timeframe}/imports")
    @Operation(summary = "Where the bars of a series came from, the newest import first")
    public Envelope<List<ImportView>> imports(@RestPath String symbol, @RestPath String timeframe) {
        SeriesName name = SeriesName.of(symbol, timeframe);
        return Envelope.of(database.imports(name).stream().map(ImportView::of).toList());
    }

    @DELETE
    @Path("data/{symbol}/{timeframe}")
    @Operation(
            summary = "Deletes a series for good",
            description =
                    "Without confirm the answer is 409, with what would be lost and the token to"
                            + " send as confirm. The token is void as soon as the series changes.")
    public Envelope<Deleted> delete(
            @RestPath String symbol,
            @RestPath String timeframe,
            @Parameter(description = "The token of the answer 409") @RestQuery @DefaultValue("")
                    String confirm) {
        SeriesName name = SeriesPath.existing(lake, symbol, timeframe);
        long bars = lake.count(name);
        String token = token(name);
        if (!confirm.equals(token)) {
            String why =
                    confirm.isEmpty()
                            ? "deleting cannot be undone: send confirm=" + token
                            : "the series has changed since; send confirm=" + token;
            throw new StoreException(
                    Kind.CONFLICT,
                    why,
                    Map.of(
                            "confirm",
                            token,
                            "bars",
                            bars,
                            "first",
                            Timeframe.instant(SeriesPath.edge(lake, name, false)),
                            "last",
                            Timeframe.instant(SeriesPath.edge(lake, name, true))));
        }
        lake.delete(name);
        return Envelope.of(new Deleted(name.symbol(), name.timeframe().id(), bars));
    }

    private String token(SeriesName name) {
        String state = "delete " + name + " " + lake.fingerprint(name).value();
        byte[] hash = Trees.sha256().digest(state.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
    }
}
