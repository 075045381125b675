-- What members want to be told of (index/watch_table.py), and what they have not been told yet.
CREATE TABLE watch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again for another watch
    person INTEGER NOT NULL,               -- numbers on Discord
    channel INTEGER,                       -- NULL: the person alone
    question TEXT NOT NULL,
    outlets TEXT NOT NULL,                 -- a JSON list, empty for all
    language TEXT NOT NULL,                -- of the messages
    at TEXT NOT NULL,                      -- ISO 8601 in UTC
    paused TEXT,                           -- why, NULL where it is not
    seen INTEGER NOT NULL,                 -- the last article that it was compared with
    known TEXT NOT NULL                    -- JSON: where the claims stand that were told last
) STRICT;
CREATE UNIQUE INDEX watch_once ON watch (person, ifnull(channel, 0), question, outlets);
CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch_id INTEGER NOT NULL UNIQUE REFERENCES watch (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    before TEXT NOT NULL,                  -- JSON: where the claims stand
    after TEXT NOT NULL
) STRICT;
