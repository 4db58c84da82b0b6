package dev.ktrdr.api;

import dev.ktrdr.calendar.TradingCalendar;
import dev.ktrdr.market.CostModel;
import dev.ktrdr.market.Instrument;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.setting.InstrumentFile;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.SeriesName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// What the symbols stand for, and when they trade.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "instruments")
@RunOnVirtualThread
final class InstrumentResource {

    private record InstrumentView(
            String symbol,
            String kind,
            String name,
            String calendar,
            String currency,
            double tickSize,
            double lotSize,
            CostModel costs,
            boolean signed,
            boolean known) {

        static InstrumentView of(Instrument instrument) {
            return new InstrumentView(
                    instrument.symbol(),
                    instrument.kind().name().toLowerCase(Locale.ROOT),
                    instrument.name(),
                    instrument.calendar().id(),
                    instrument.currency(),
                    instrument.tickSize(),
                    instrument.lotSize(),
                    instrument.costs(),
                    instrument.signed(),
                    instrument.known());
        }
    }

    private record CalendarView(String id, String title, String zone, boolean roundTheClock) {}

    private final InstrumentFile file;
    private final BarLake lake;

    InstrumentResource(InstrumentFile file, BarLake lake) {
        this.file = file;
        this.lake = lake;
    }

    @GET
    @Path("instruments")
    @Operation(
            summary = "The instruments: those described, and those of which there is data",
            description = "known is false for what was guessed from the symbol.")
    public Envelope<List<InstrumentView>> list() {
        Stream<String> described = file.instruments().listed().stream().map(Instrument::symbol);
        Stream<String> stored = lake.names().stream().map(SeriesName::symbol);
        return Envelope.of(
                Stream.concat(described, stored)
                        .distinct()
                        .sorted()
                        .map(symbol -> InstrumentView.of(file.instruments().of(symbol)))
                        .toList());
    }

    @GET
    @Path("instruments/{symbol}")
    @Operation(summary = "One instrument, a guess if nobody described it")
    public Envelope<InstrumentView> get(@RestPath String symbol) {
        // What cannot be the symbol of a series is none.
        String checked = new SeriesName(symbol, Timeframe.D1).symbol();
        return Envelope.of(InstrumentView.of(file.instruments().of(checked)));
    }

    @GET
    @Path("calendars")
    @Operation(summary = "The calendars that an instrument may have")
    public Envelope<List<CalendarView>> calendars() {
        return Envelope.of(
                TradingCalendar.all().stream()
                        .map(
                                calendar ->
                                        new CalendarView(
                                                calendar.id(),
                                                calendar.title(),
                                                calendar.zone().getId(),
                                                calendar.isRoundTheClock()))
                        .toList());
    }
}
