-- Long work, running and done. The columns are what is searched; the document is the operation.
CREATE TABLE operation (
    id         TEXT    PRIMARY KEY,
    type       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    created_at INTEGER NOT NULL, -- microseconds since the epoch, UTC
    document   TEXT    NOT NULL
);

CREATE INDEX operation_by_age ON operation (created_at);
