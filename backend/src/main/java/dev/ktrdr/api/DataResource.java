package dev.ktrdr.api;

import dev.ktrdr.market.Bars;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.CsvReader;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.Trees;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Market data: what there is, the bars of one series, and bringing new ones in.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
@RunOnVirtualThread
final class DataResource {

    private static final long BEGINNING = Long.MIN_VALUE / 2;
    private static final long END = Long.MAX_VALUE / 2;

    private record Symbol(String symbol, List<String> timeframes) {}

    private record TimeframeView(String id, String name, long seconds) {}

    private record Imported(
            String symbol,
            String timeframe,
            int rowsIn,
            int rowsKept,
            int rowsRefused,
            List<CsvReader.Refused> refused,
            int barsNow,
            String sha256) {}

    private final BarLake lake;
    private final StateDatabase database;
    private final Clock clock;

    DataResource(BarLake lake, StateDatabase database, Clock clock) {
        this.lake = lake;
        this.database = database;
        this.clock = clock;
    }

    @GET
    @Path("symbols")
    @Operation(summary = "The symbols in the store, each with its timeframes")
    public Envelope<List<Symbol>> symbols() {
        Map<String, List<String>> timeframes = new TreeMap<>();
        for (SeriesName name : lake.names()) {
            timeframes
                    .computeIfAbsent(name.symbol(), _ -> new ArrayList<>())
                    .add(name.timeframe().id());
        }
        return Envelope.of(
                timeframes.entrySet().stream()
                        .map(entry -> new Symbol(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @GET
    @Path("timeframes")
    @Operation(summary = "The timeframes a series may have")
    public Envelope<List<TimeframeView>> timeframes() {
        return Envelope.of(
                Stream.of(Timeframe.values())
                        .map(t -> new TimeframeView(t.id(), t.title(), t.duration().toSeconds()))
                        .toList());
    }

    @GET
    @Path("data/{symbol}/{timeframe}")
    @Operation(summary = "The bars of a series, oldest first; limit keeps the last ones")
    public Envelope<BarsView> bars(
            @RestPath String symbol,
            @RestPath String timeframe,
            @RestQuery @DefaultValue("") String start,
            @RestQuery @DefaultValue("") String end,
            @RestQuery @DefaultValue("") String limit) {
        SeriesName name = SeriesName.of(symbol, timeframe);
        long from = start.isEmpty() ? BEGINNING : micros("start", start);
        long to = end.isEmpty() ? END : micros("end", end);
        int count = limit.isEmpty() ? Integer.MAX_VALUE : count(limit);
        Bars bars = lake.read(name, from, to);
        Bars last = bars.slice(Math.max(0, bars.count() - count), bars.count());
        return Envelope.of(new BarsView(name, last));
    }

    @POST
    @Path("data/import")
    @Consumes("text/csv")
    @Operation(summary = "Adds the bars of a CSV file to a series; bars that are there stay")
    public Envelope<Imported> importCsv(
            @RestQuery @DefaultValue("") String symbol,
            @RestQuery @DefaultValue("") String timeframe,
            InputStream body)
            throws IOException {
        SeriesName name = SeriesName.of(symbol, timeframe);
        MessageDigest sha256 = Trees.sha256();
        InputStream hashed = new DigestInputStream(body, sha256);
        CsvReader.Result csv =
                CsvReader.read(
                        new BufferedReader(new InputStreamReader(hashed, StandardCharsets.UTF_8)));
        if (csv.bars().count() == 0) {
            String reason =
                    csv.refused().isEmpty() ? "it has no rows" : csv.refused().getFirst().reason();
            throw new StoreException(
                    StoreException.Kind.INVALID, "no row of the file is a bar: " + reason);
        }
        int barsNow = lake.merge(name, csv.bars());
        String hash = HexFormat.of().formatHex(sha256.digest());
        database.recordImport(name, hash, csv.rowCount(), csv.refusedCount(), clock.instant());
        return Envelope.of(
                new Imported(
                        name.symbol(),
                        name.timeframe().id(),
                        csv.rowCount(),
                        csv.bars().count(),
                        csv.refusedCount(),
                        csv.refused(),
                        barsNow,
                        hash));
    }

    private static int count(String limit) {
        if (!limit.matches("[1-9][0-9]{0,8}")) {
            throw invalid("limit must be a whole number from 1 to 999999999, was " + limit);
        }
        return Integer.parseInt(limit);
    }

    private static long micros(String name, String text) {
        try {
            Instant instant =
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    name
                            + " must be a date or an instant with zone, such as 2020-04-17 or"
                            + " 2020-04-17T14:30:00Z, was "
                            + text);
        }
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message);
    }
}
