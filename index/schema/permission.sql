-- Hosts whose reservations do not count in this corpus, because somebody has answered for it.
CREATE TABLE permission_override (
    host TEXT PRIMARY KEY, -- as index/rights.py compares hosts
    by TEXT NOT NULL,
    at TEXT NOT NULL, -- ISO 8601 with zone
    reason TEXT NOT NULL,
    stated TEXT NOT NULL -- what the site said then
) STRICT;
-- Characters of an article that its site lets be shown, where it states a limit; 0 for none.
CREATE TABLE snippet_limit (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    characters INTEGER NOT NULL
) STRICT;
