-- By which addresses an article is known again, each in its canonical form (index/canonical.py).
-- Where that form comes to be another one, a further step fills the table anew.
CREATE TABLE address (
    address TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (address, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address (article_id);
INSERT INTO address SELECT canonical_url(url), id FROM article WHERE url IS NOT NULL;
