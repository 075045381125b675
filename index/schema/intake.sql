-- Files that were taken in, so that an import that is started again need not read them again.
CREATE TABLE intake (
    digest BLOB PRIMARY KEY,               -- of the file and of what was stated about it
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_article ON intake (article_id);
