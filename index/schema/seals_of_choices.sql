-- Digests of what people have chosen, on which rights depend; checked whenever it is read.
ALTER TABLE setting ADD COLUMN seal TEXT;
UPDATE setting SET seal = article_seal(CAST(name AS BLOB), CAST(value AS BLOB));
-- One of all names, so that a row cannot go missing without a word (index/settings_table.py).
INSERT INTO meta SELECT 'settings', article_seal(CAST(group_concat(name, ' ') AS BLOB))
    FROM (SELECT name FROM setting ORDER BY name);
ALTER TABLE permission_override ADD COLUMN seal TEXT;
UPDATE permission_override SET seal = article_seal(
    CAST(host AS BLOB), CAST(by AS BLOB), CAST(at AS BLOB), CAST(reason AS BLOB),
    CAST(stated AS BLOB)
);
ALTER TABLE snippet_limit ADD COLUMN seal TEXT;
UPDATE snippet_limit SET seal = article_seal(article_id, characters);
-- Where and to whom it is told, and what was asked: what follows from that changes all the time.
ALTER TABLE watch ADD COLUMN seal TEXT;
UPDATE watch SET seal = article_seal(
    person, channel, CAST(question AS BLOB), CAST(outlets AS BLOB), CAST(language AS BLOB),
    CAST(at AS BLOB)
);
