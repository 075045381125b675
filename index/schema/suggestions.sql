-- Articles that members have suggested, for administrators to look through; not who has.
CREATE TABLE suggestion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL UNIQUE,             -- a link or a headline
    why TEXT NOT NULL,
    at TEXT NOT NULL                       -- ISO 8601 in UTC
) STRICT;
