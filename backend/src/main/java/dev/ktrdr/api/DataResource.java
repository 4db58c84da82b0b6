package dev.ktrdr.api;

import dev.ktrdr.market.Instrument;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.setting.InstrumentFile;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.DataFolder;
import dev.ktrdr.store.SeriesName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Market data: what there is, and the bars of one series.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
@RunOnVirtualThread
final class DataResource {

    private record Symbol(
            String symbol,
            String name,
            String type,
            String exchange,
            String currency,
            List<String> availableTimeframes) {}

    private record TimeframeView(String id, String name, String description, long seconds) {}

    private record Info(
            String dataDirectory,
            int totalSymbols,
            List<String> availableSymbols,
            List<String> availableTimeframes,
            List<SeriesView> series) {}

    private record SeriesView(String symbol, String timeframe, long bytes) {}

    /// A load as the original's clients ask for it.
    record Load(
            @Nullable String symbol,
            @Nullable String timeframe,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable Boolean includeMetadata) {}

    /// A series as the original's clients ask for its range.
    record Ask(@Nullable String symbol, @Nullable String timeframe) {}

    private record Range(
            String symbol, String timeframe, Instant startDate, Instant endDate, long pointCount) {}

    private final BarLake lake;
    private final InstrumentFile instruments;
    private final DataFolder folder;
    private final BarAnswer answer;

    DataResource(BarLake lake, InstrumentFile instruments, DataFolder folder) {
        this.lake = lake;
        this.instruments = instruments;
        this.folder = folder;
        this.answer = new BarAnswer(lake, folder.uploads());
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
                        .map(entry -> symbol(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Symbol symbol(String symbol, List<String> timeframes) {
        Instrument instrument = instruments.instruments().of(symbol);
        return new Symbol(
                symbol,
                instrument.name(),
                instrument.kind().name().toLowerCase(Locale.ROOT),
                instrument.calendar().id(),
                instrument.currency(),
                timeframes);
    }

    @GET
    @Path("timeframes")
    @Operation(summary = "The timeframes a series may have")
    public Envelope<List<TimeframeView>> timeframes() {
        return Envelope.of(
                Stream.of(Timeframe.values())
                        .map(
                                t ->
                                        new TimeframeView(
                                                t.id(),
                                                t.title(),
                                                "Bars of " + t.title(),
                                                t.duration().toSeconds()))
                        .toList());
    }

    @GET
    @Path("data/info")
    @Operation(summary = "What the store holds, and where")
    public Envelope<Info> info() {
        List<SeriesName> names = lake.names();
        TreeSet<String> symbols = new TreeSet<>();
        TreeSet<Timeframe> timeframes = new TreeSet<>();
        for (SeriesName name : names) {
            symbols.add(name.symbol());
            timeframes.add(name.timeframe());
        }
        return Envelope.of(
                new Info(
                        folder.bars().toAbsolutePath().toString(),
                        symbols.size(),
                        List.copyOf(symbols),
                        timeframes.stream().map(Timeframe::id).toList(),
                        names.stream()
                                .map(
                                        name ->
                                                new SeriesView(
                                                        name.symbol(),
                                                        name.timeframe().id(),
                                                        lake.bytes(name)))
                                .toList()));
    }

    @GET
    @Path("data/{symbol}/{timeframe}")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", Form.ARROW_TYPE, Form.PARQUET_TYPE})
    @Operation(
            summary = "The bars of a series, oldest first; limit keeps the last ones",
            description =
                    "With order or cursor they come in pages: the first limit bars in that order,"
                            + " and next_cursor in the metadata (X-Next-Cursor in other forms than"
                            + " JSON) where more follow. ETag and If-None-Match spare what has not"
                            + " changed.")
    public Response bars(
            @RestPath String symbol,
            @RestPath String timeframe,
            @BeanParam BarQuery query,
            @Context HttpHeaders headers,
            @Context Request request) {
        Window window = Window.of(query);
        Form form = Form.of(query.format, headers.getAcceptableMediaTypes());
        SeriesName name = SeriesPath.existing(lake, symbol, timeframe);
        String tag = lake.fingerprint(name).value() + "-" + form.word();
        // Weak, because the same bars may come compressed.
        EntityTag state = new EntityTag(tag, true);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(state);
        Response.ResponseBuilder reply =
                unchanged != null
                        ? unchanged
                        : Response.fromResponse(answer.of(name, window, form));
        return reply.tag(state)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Accept-Encoding")
                .build();
    }

    @POST
    @Path("data/load")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The bars of a series, as clients of the original ask for them",
            description = "end_date is included. Use GET /data/{symbol}/{timeframe} in new code.")
    public Response load(Load wanted) {
        Load load = wanted == null ? new Load(null, null, null, null, null) : wanted;
        SeriesName name = SeriesPath.existing(lake, text(load.symbol()), text(load.timeframe()));
        Window window = Window.between(text(load.startDate()), text(load.endDate()));
        return answer.loaded(name, window, !Boolean.FALSE.equals(load.includeMetadata()));
    }

    @POST
    @Path("data/range")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "The first and the last bar of a series, and how many there are")
    public Envelope<Range> range(Ask wanted) {
        Ask ask = wanted == null ? new Ask(null, null) : wanted;
        SeriesName name = SeriesPath.existing(lake, text(ask.symbol()), text(ask.timeframe()));
        return Envelope.of(
                new Range(
                        name.symbol(),
                        name.timeframe().id(),
                        Timeframe.instant(SeriesPath.edge(lake, name, false)),
                        Timeframe.instant(SeriesPath.edge(lake, name, true)),
                        lake.count(name)));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
