-- The store. One file holds the corpus of one Discord server and of nobody else.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again for another article
    source_id TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    url TEXT,
    outlet TEXT,
    published TEXT,                        -- ISO 8601, a day or a moment
    published_origin TEXT,
    fetched TEXT NOT NULL,                 -- ISO 8601 with zone
    superseded_by INTEGER REFERENCES article (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX article_url ON article (url) WHERE superseded_by IS NULL;
CREATE INDEX article_source_id ON article (source_id) WHERE superseded_by IS NULL;
CREATE INDEX article_text ON article (text_sha256) WHERE superseded_by IS NULL;
CREATE INDEX article_superseded ON article (superseded_by);

CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX passage_article ON passage (article_id);

CREATE TABLE sentence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,                -- characters of article.text
    end INTEGER NOT NULL,
    vector BLOB NOT NULL                   -- little-endian float16, unit length
) STRICT;
CREATE INDEX sentence_passage ON sentence (passage_id);
