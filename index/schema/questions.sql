-- Questions, only where a server has switched that on (index/question_table.py).
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                      -- ISO 8601 in UTC
    asker BLOB NOT NULL,                   -- a keyed hash, by which somebody's own can be deleted
    text TEXT NOT NULL,
    answered INTEGER NOT NULL
) STRICT;
CREATE INDEX question_at ON question (at);
CREATE INDEX question_asker ON question (asker);
CREATE TABLE question_key (key BLOB NOT NULL) STRICT;
INSERT INTO question_key VALUES (randomblob(32));
