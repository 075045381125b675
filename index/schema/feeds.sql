-- The feeds of a corpus, what they have listed, and what became of it.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,              -- where it is fetched: follows permanent moves
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    added TEXT NOT NULL,                   -- moments here: ISO 8601 in UTC
    added_by TEXT NOT NULL,
    paused TEXT,                           -- why, NULL where it is not: "by hand" or an error's code
    etag TEXT,
    last_modified TEXT,
    interval_s INTEGER NOT NULL,
    next_run TEXT NOT NULL,
    last_run TEXT,
    last_success TEXT,
    last_article TEXT,
    not_before TEXT,                       -- until when the site asked to be left alone
    failures INTEGER NOT NULL DEFAULT 0,   -- since the last success
    failing_since TEXT,
    error TEXT,                            -- the last one; a success leaves it
    error_details TEXT,                    -- JSON
    error_at TEXT
) STRICT;

-- One page for however many feeds name it; by its canonical address it is known.
CREATE TABLE feed_page (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,                     -- what is fetched
    state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'failed', 'passed over')),
    next_try TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    error_details TEXT,
    etag TEXT,
    last_modified TEXT,
    unchanged INTEGER NOT NULL DEFAULT 0,  -- how often in a row a feed called it changed in vain
    brought INTEGER NOT NULL DEFAULT 0,    -- whether a feed has added the article
    article_id INTEGER REFERENCES article (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX feed_page_article ON feed_page (article_id);
CREATE INDEX feed_page_waiting ON feed_page (next_try) WHERE state = 'waiting';

CREATE TABLE feed_entry (
    feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    page_id INTEGER NOT NULL REFERENCES feed_page (id) ON DELETE CASCADE,
    guid TEXT,
    title TEXT NOT NULL,
    published TEXT,
    updated TEXT,
    digest TEXT NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (feed_id, page_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entry_page ON feed_entry (page_id);
CREATE INDEX feed_entry_guid ON feed_entry (feed_id, guid);
