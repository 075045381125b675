-- Vectors of the model that a corpus is being taken over to, until all are there (index/reindex.py).
CREATE TABLE next_vector (
    sentence_id INTEGER PRIMARY KEY REFERENCES sentence (id) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    vector_check INTEGER NOT NULL
) STRICT;
