package dev.ktrdr.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.ktrdr.job.Operation.Status;
import dev.ktrdr.market.Timeframe;
import dev.ktrdr.store.StateDatabase;
import dev.ktrdr.store.StoreException;
import dev.ktrdr.store.StoreException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/// The operations in the database.
final class OperationTable {

    /// Beyond this many the oldest are forgotten, so that years of small imports do not pile up.
    private static final int ROWS_MAX = 10_000;

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModules(new Jdk8Module(), new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final Jdbi jdbi;

    OperationTable(StateDatabase database) {
        this.jdbi = database.jdbi();
    }

    /// Keeps `operation`, in the place of what was known of it before.
    void save(Operation operation) {
        String document = write(operation);
        run(
                handle ->
                        handle.execute(
                                """
                                INSERT INTO operation (id, type, status, created_at, document)
                                VALUES (?, ?, ?, ?, ?)
                                ON CONFLICT (id) DO UPDATE
                                SET status = excluded.status, document = excluded.document
                                """,
                                operation.id(),
                                operation.type(),
                                operation.status().word(),
                                Timeframe.micros(operation.createdAt()),
                                document));
    }

    Optional<Operation> get(String id) {
        return run(
                handle ->
                        handle.select("SELECT document FROM operation WHERE id = ?", id)
                                .mapTo(String.class)
                                .findOne()
                                .map(OperationTable::read));
    }

    /// {@return those that fit, the newest first}
    List<Operation> list(Operations.Filter filter, int limit, int offset) {
        String query =
                "SELECT document FROM operation WHERE "
                        + fitting(filter)
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset";
        return run(
                handle ->
                        bound(handle.createQuery(query), filter)
                                .bind("limit", limit)
                                .bind("offset", offset)
                                .mapTo(String.class)
                                .map(OperationTable::read)
                                .list());
    }

    int count(Operations.Filter filter) {
        String query = "SELECT count(*) FROM operation WHERE " + fitting(filter);
        return run(handle -> bound(handle.createQuery(query), filter).mapTo(Integer.class).one());
    }

    private static String fitting(Operations.Filter filter) {
        return "(:type = '' OR type = :type) AND (:status = '' OR status = :status)"
                + (filter.activeOnly() ? " AND status IN ('pending', 'running')" : "");
    }

    private static Query bound(Query query, Operations.Filter filter) {
        return query.bind("type", filter.type())
                .bind("status", filter.status().map(Status::word).orElse(""));
    }

    void forgetOldest() {
        run(
                handle ->
                        handle.execute(
                                """
                                DELETE FROM operation WHERE id NOT IN
                                  (SELECT id FROM operation ORDER BY created_at DESC LIMIT ?)
                                """,
                                ROWS_MAX));
    }

    private <T> T run(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw new StoreException(Kind.UNAVAILABLE, "the database does not answer: " + e, e);
        }
    }

    private static String write(Operation operation) {
        try {
            return JSON.writeValueAsString(operation);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + operation, e);
        }
    }

    private static Operation read(String document) {
        try {
            return JSON.readValue(document, Operation.class);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, "the table operation holds what is none: " + e, e);
        }
    }
}
