-- Who has changed what in a corpus and its settings (index/audit_table.py).
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                      -- ISO 8601 in UTC
    actor TEXT NOT NULL,                   -- a member's number, or a name on this machine
    action TEXT NOT NULL,
    details TEXT NOT NULL                  -- JSON
) STRICT;
CREATE INDEX audit_at ON audit (at);
