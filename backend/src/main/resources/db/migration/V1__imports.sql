-- Where the bars came from: one row an import, never changed.
CREATE TABLE import (
    id            INTEGER PRIMARY KEY,
    symbol        TEXT    NOT NULL,
    timeframe     TEXT    NOT NULL,
    sha256        TEXT    NOT NULL,
    row_count     INTEGER NOT NULL,
    refused_count INTEGER NOT NULL,
    at            TEXT    NOT NULL
);
