package dev.ktrdr.api;

import dev.ktrdr.export.ArrowForm;
import dev.ktrdr.export.CsvForm;
import dev.ktrdr.export.Extract;
import dev.ktrdr.export.JsonForm;
import dev.ktrdr.store.BarLake;
import dev.ktrdr.store.SeriesName;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bars as an answer, in each of the forms. They are read while they are sent.
final class BarAnswer {

    private final BarLake lake;
    private final Path scratch;

    /// Answers with bars of `lake`.
    ///
    /// @param scratch folder for files that are sent and removed
    BarAnswer(BarLake lake, Path scratch) {
        this.lake = lake;
        this.scratch = scratch;
    }

    /// {@return the bars of `name` in `window`}
    Response of(SeriesName name, Window window, Form form) {
        if (form == Form.PARQUET && window.newestFirst()) {
            throw Words.invalid("parquet is always oldest first; leave out order=desc");
        }
        Window exact = window.narrowed(lake, name);
        Extract extract = extract(name, exact);
        StreamingOutput body =
                switch (form) {
                    case JSON -> out -> JsonForm.write(extract, out);
                    case CSV -> out -> CsvForm.write(extract, out);
                    case ARROW -> out -> ArrowForm.write(extract, out);
                    case PARQUET -> out -> parquet(name, exact, out);
                };
        Response.ResponseBuilder answer = Response.ok(body, form.type());
        if (form != Form.JSON) {
            String file =
                    URLEncoder.encode(name.symbol(), StandardCharsets.UTF_8)
                            + "_"
                            + name.timeframe().id()
                            + "."
                            + form.word();
            answer.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
        }
        if (!exact.nextCursor().isEmpty()) {
            answer.header("X-Next-Cursor", exact.nextCursor());
        }
        return answer.build();
    }

    /// {@return the bars of `name` in `window` as the original answers a load}
    Response loaded(SeriesName name, Window window, boolean metadata) {
        Extract extract = extract(name, window);
        StreamingOutput body = out -> JsonForm.writeLoaded(extract, metadata, out);
        return Response.ok(body, Form.JSON.type()).build();
    }

    private Extract extract(SeriesName name, Window window) {
        return new Extract(
                name.symbol(),
                name.timeframe().id(),
                lake.parts(name, window.from(), window.to(), window.newestFirst()),
                window.newestFirst(),
                window.nextCursor());
    }

    private void parquet(SeriesName name, Window window, OutputStream out) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(scratch), "export-", ".parquet");
        try {
            lake.copyTo(name, window.from(), window.to(), file);
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
