package dev.ktrdr.api;

import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/// The query of a request for bars, as it was written.
final class BarQuery {

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "First open that is wanted: a date or an instant, UTC")
    String start = "";

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "Bars open before this: a date or an instant, UTC")
    String end = "";

    @RestQuery("start_date")
    @DefaultValue("")
    @Parameter(description = "As start, for clients of the original")
    String startDate = "";

    @RestQuery("end_date")
    @DefaultValue("")
    @Parameter(description = "Last open that is wanted; a date means all of that day")
    String endDate = "";

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "At most so many: the last ones, or with order the first in it")
    String limit = "";

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "asc or desc: pages, each with a cursor for the next")
    String order = "";

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "Goes on where the page ended that gave this as next_cursor")
    String cursor = "";

    @RestQuery
    @DefaultValue("")
    @Parameter(description = "json, csv, parquet or arrow; else as the header Accept says")
    String format = "";
}
