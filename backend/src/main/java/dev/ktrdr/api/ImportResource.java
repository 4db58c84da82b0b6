package dev.ktrdr.api;

import dev.ktrdr.job.ImportRequest;
import dev.ktrdr.job.Importer;
import dev.ktrdr.job.Operations;
import dev.ktrdr.job.Progress;
import dev.ktrdr.job.Task;
import dev.ktrdr.setting.Nearest;
import dev.ktrdr.store.SeriesName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/// Bringing files in. The file comes as a field of a form, as the body, or lies in the inbox; the
/// answer is an operation, whose result says what was kept and what was refused.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "data")
@RunOnVirtualThread
final class ImportResource {

    private static final String SUMMARY =
            "Adds the bars of a file to a series, as an operation; bars that are there stay";
    private static final List<String> OPTIONS =
            List.of("format", "zone", "unit", "dates", "separator", "missing_volume", "columns");
    private static final List<String> KNOWN =
            List.of(
                    "symbol",
                    "timeframe",
                    "filename",
                    "mode",
                    "dry_run",
                    "wait",
                    "format",
                    "zone",
                    "unit",
                    "dates",
                    "separator",
                    "missing_volume",
                    "columns");

    private static final int WAIT_SECONDS_MAX = 300;

    private final Operations operations;
    private final Importer importer;
    private final Uploads uploads;
    private final Waited waited;

    ImportResource(Operations operations, Importer importer, Uploads uploads) {
        this.operations = operations;
        this.importer = importer;
        this.uploads = uploads;
        this.waited = new Waited(operations);
    }

    @POST
    @Path("data/import")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = SUMMARY)
    @RequestBody(content = @Content(schema = @Schema(implementation = ImportForm.class)))
    public Response form(MultipartFormDataInput form) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        java.nio.file.Path file = null;
        String source = "";
        for (var field : form.getValues().entrySet()) {
            for (FormValue value : field.getValue()) {
                if (value.isFileItem()) {
                    file = value.getFileItem().getFile();
                    source = value.getFileName() == null ? "" : value.getFileName();
                } else {
                    words.put(field.getKey(), value.getValue());
                }
            }
        }
        if (file == null) {
            throw Words.invalid("the form must have the field file with a file");
        }
        ImportRequest request = request(words, file, source); // refused before it is moved
        return begin(request, uploads.adopt(file), true, words);
    }

    @POST
    @Path("data/import")
    @Consumes({
        "text/csv",
        "application/octet-stream",
        "application/gzip",
        "application/zip",
        "application/vnd.apache.parquet"
    })
    @Operation(
            summary = SUMMARY,
            description = "The file is the body, and the words of the form are in the query.")
    public Response body(@Context UriInfo uri, InputStream body) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((name, values) -> words.put(name, values.getFirst()));
        String source = words.getOrDefault("filename", "");
        ImportRequest request = request(words, java.nio.file.Path.of(""), source);
        return begin(request, uploads.receive(body), true, words);
    }

    @POST
    @Path("data/import")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = SUMMARY, description = "The file lies below the inbox folder.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ImportForm.class)))
    public Response inbox(Map<String, String> body) {
        Map<String, String> words = new LinkedHashMap<>(body == null ? Map.of() : body);
        String path = words.remove("path");
        if (path == null || path.isBlank()) {
            throw Words.invalid("path must name a file below the inbox");
        }
        ImportRequest request = request(words, java.nio.file.Path.of(""), path);
        return begin(request, uploads.inbox(path), false, words);
    }

    private static ImportRequest request(
            Map<String, String> words, java.nio.file.Path file, String source) {
        words.values().removeIf(value -> value == null || value.isEmpty());
        for (String word : words.keySet()) {
            if (!KNOWN.contains(word)) {
                String near = Nearest.of(word, KNOWN).map(n -> " (" + n + "?)").orElse("");
                throw Words.invalid(
                        "unknown field '%s'%s; known: %s"
                                .formatted(word, near, String.join(" ", KNOWN)));
            }
        }
        Map<String, String> options = new LinkedHashMap<>(words);
        options.keySet().retainAll(OPTIONS);
        String symbol = words.getOrDefault("symbol", "");
        return new ImportRequest(
                UUID.randomUUID().toString(),
                SeriesName.of(symbol, words.getOrDefault("timeframe", "")),
                file,
                source.isBlank() ? "upload" : source,
                options,
                Words.mode(words.getOrDefault("mode", "")),
                Words.flag("dry_run", words.getOrDefault("dry_run", "")));
    }

    private Response begin(
            ImportRequest request,
            java.nio.file.Path file,
            boolean ours,
            Map<String, String> words) {
        int seconds = Words.whole("wait", words.getOrDefault("wait", "0"), 0, WAIT_SECONDS_MAX);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("symbol", request.name().symbol());
        metadata.put("timeframe", request.name().timeframe().id());
        metadata.put("source", request.source());
        metadata.put("import_id", request.id());
        metadata.put("mode", request.mode().name().toLowerCase(Locale.ROOT));
        metadata.put("dry_run", request.dryRun());
        metadata.put("parameters", request.options());
        ImportRequest there = request.withFile(file);
        Task task =
                new Task() {
                    @Override
                    public Object run(Progress progress) throws Exception {
                        return importer.run(there, progress);
                    }

                    @Override
                    public void over() {
                        if (ours) {
                            uploads.remove(file);
                        }
                    }
                };
        return waited.answer(operations.start("data_import", metadata, task), seconds);
    }
}
