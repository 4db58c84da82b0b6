package dev.ktrdr.job;

import dev.ktrdr.source.Drop;
import dev.ktrdr.source.Importer;
import dev.ktrdr.store.Merge;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Imports what lies in the inbox, as it would be imported if it were sent.
public final class InboxImport implements Importer {

    private final FileImport files;

    /// Hands the files on to `files`.
    public InboxImport(FileImport files) {
        this.files = files;
    }

    private static Merge mode(String word) {
        return switch (word) {
            case "keep" -> Merge.KEEP;
            case "overwrite" -> Merge.OVERWRITE;
            default ->
                    throw new StoreException(
                            Kind.INVALID, "mode must be keep or overwrite, was " + word);
        };
    }

    @Override
    public String take(Drop drop) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        drop.options().forEach((name, value) -> options.put(name, String.valueOf(value)));
        String mode = options.getOrDefault("mode", "keep");
        options.remove("mode");
        ImportRequest request =
                new ImportRequest(
                        UUID.randomUUID().toString(),
                        drop.name(),
                        drop.file(),
                        "inbox/" + drop.file().getFileName(),
                        options,
                        mode(mode),
                        false);
        ImportResult result = files.run(request, Progress.UNSEEN);
        if (result.nothingKept().isPresent()) {
            throw new StoreException(Kind.INVALID, result.nothingKept().get());
        }
        return "%s: %d bars added, %d there already, %d differ, %d rows refused"
                .formatted(
                        drop.name(),
                        result.barsAdded(),
                        result.barsSame(),
                        result.barsDiffering(),
                        result.rowsRefused());
    }
}
