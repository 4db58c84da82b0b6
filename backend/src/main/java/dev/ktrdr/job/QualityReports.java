package dev.ktrdr.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ktrdr.market.Instrument;
import dev.ktrdr.market.Instruments;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.quality.Quality;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.Fingerprint;
import dev.ktrdr.store.SeriesName;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The quality of each series: measured once for each state of its files, and kept.
public final class QualityReports {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final BarLake lake;
    private final StateDatabase database;
    private final Instruments instruments;
    private final ObjectMapper wire;
    private final InstantSource time;

    /// The reports on the series of `lake`.
    ///
    /// @param wire how a report becomes JSON
    public QualityReports(
            BarLake lake,
            StateDatabase database,
            Instruments instruments,
            ObjectMapper wire,
            InstantSource time) {
        this.lake = lake;
        this.database = database;
        this.instruments = instruments;
        this.wire = wire;
        this.time = time;
    }

    /// What an import tells of the quality.
    ///
    /// @param coverage share of the expected bars that are there, 0 to 1
    /// @param unexpectedGaps stretches in which bars are missing though the market traded
    record Summary(double coverage, long unexpectedGaps) {}

    /// {@return the report on `name` in two numbers}
    Summary summary(SeriesName name) {
        JsonNode report = wire.valueToTree(of(name));
        return new Summary(
                report.path("coverage").asDouble(),
                report.path("gaps").path("unexpected").path("total").asLong());
    }

    /// {@return the report on `name` as it is now, as a JSON object}
    ///
    /// @throws StoreException of kind NOT_FOUND if there is no such series
    public Map<String, Object> of(SeriesName name) {
        Fingerprint now = lake.fingerprint(name);
        Optional<StateDatabase.Quality> kept =
                database.quality(name).filter(quality -> quality.fingerprint().equals(now));
        try {
            if (kept.isPresent()) {
                Map<String, Object> report = wire.readValue(kept.get().report(), OBJECT);
                if (isAbout(report, instruments.of(name.symbol()))) {
                    return report;
                }
            }
            return wire.readValue(measure(name, now), OBJECT);
        } catch (JsonProcessingException e) {
            throw new StoreException(Kind.UNAVAILABLE, "the report on " + name + " is damaged", e);
        }
    }

    /// An instrument that was described anew is measured anew.
    private static boolean isAbout(Map<String, Object> report, Instrument instrument) {
        return instrument.calendar().id().equals(report.get("calendar"))
                && Boolean.valueOf(instrument.known()).equals(report.get("calendar_known"));
    }

    private String measure(SeriesName name, Fingerprint before) throws JsonProcessingException {
        var report = Quality.of(lake.parts(name), instruments.of(name.symbol()));
        String json = wire.writeValueAsString(QualityDocument.of(name, report));
        // An import may have come in between; then nobody will look for this state again.
        if (lake.fingerprint(name).equals(before)) {
            long at = Timeframe.micros(time.instant());
            database.saveQuality(name, new StateDatabase.Quality(before, json, at));
        }
        return json;
    }
}
