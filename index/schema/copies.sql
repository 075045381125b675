-- Which current articles are copies of one another (index/origins.py).
CREATE TABLE sketch (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    hashes BLOB NOT NULL,                  -- its rows of shingle, as little-endian uint32
    origin INTEGER NOT NULL                -- the lowest id of its group
) STRICT;
CREATE INDEX sketch_origin ON sketch (origin);
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    like_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, like_id)      -- each pair stands there both ways
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_like ON copy (like_id);
