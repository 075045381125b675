-- Digests of what is quoted, checked whenever it is shown (index/seals.py).
ALTER TABLE article ADD COLUMN seal TEXT;              -- as hexadecimal digits
UPDATE article SET seal = article_seal(
    CAST(source_id AS BLOB), CAST(title AS BLOB), CAST(text_sha256 AS BLOB), CAST(url AS BLOB),
    CAST(outlet AS BLOB), CAST(published AS BLOB), CAST(published_origin AS BLOB),
    CAST(fetched AS BLOB), CAST(updated AS BLOB), CAST(updated_origin AS BLOB),
    CAST(authors AS BLOB), outlet_given
);
ALTER TABLE sentence ADD COLUMN seal BLOB;
ALTER TABLE sentence ADD COLUMN vector_check INTEGER;
UPDATE sentence SET
    seal = (
        SELECT sentence_seal(passage.id, sentence.start, sentence.end, CAST(text AS BLOB))
        FROM passage JOIN article ON article.id = article_id
        WHERE passage.id = sentence.passage_id
    ),
    vector_check = vector_check(vector);
