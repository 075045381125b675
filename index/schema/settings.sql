-- What the administrators of a server have chosen; what is missing has its default.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL                    -- JSON
) STRICT, WITHOUT ROWID;
