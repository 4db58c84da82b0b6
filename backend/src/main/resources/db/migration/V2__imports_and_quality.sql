-- Where the bars came from and what became of them: one row an import.
ALTER TABLE import RENAME TO import_before;

CREATE TABLE import (
    id                 TEXT PRIMARY KEY,
    symbol             TEXT    NOT NULL,
    timeframe          TEXT    NOT NULL,
    source             TEXT    NOT NULL,
    sha256             TEXT    NOT NULL,
    detected           TEXT    NOT NULL, -- JSON: how the file was understood
    mode               TEXT    NOT NULL, -- KEEP or OVERWRITE
    row_count          INTEGER NOT NULL, -- rows that could be read
    bar_count          INTEGER NOT NULL, -- bars they made
    added_count        INTEGER NOT NULL, -- bars that were new
    same_count         INTEGER NOT NULL, -- bars that were there
    differing_count    INTEGER NOT NULL, -- bars that were there with other values
    duplicate_count    INTEGER NOT NULL,
    unread_count       INTEGER NOT NULL, -- rows that could not be read
    refused_count      INTEGER NOT NULL, -- rows that could be read and were not taken
    out_of_order_count INTEGER NOT NULL,
    first              INTEGER NOT NULL, -- microseconds since the epoch, UTC
    last               INTEGER NOT NULL,
    at                 TEXT    NOT NULL,
    state              TEXT    NOT NULL  -- stored or deleted
);
CREATE INDEX import_series ON import (symbol, timeframe, at);

INSERT INTO import
SELECT 'before-' || id, symbol, timeframe, '', sha256, '{}', 'KEEP', row_count - refused_count,
       row_count - refused_count, 0, 0, 0, 0, refused_count, 0, 0, 0, 0, at, 'stored'
FROM import_before;
DROP TABLE import_before;

-- The last quality report of each series, with the state of the files it speaks of.
CREATE TABLE quality (
    symbol      TEXT NOT NULL,
    timeframe   TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    report      TEXT NOT NULL, -- JSON
    at          TEXT NOT NULL,
    PRIMARY KEY (symbol, timeframe)
);
