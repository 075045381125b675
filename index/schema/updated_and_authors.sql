-- When an article was changed last, as its source states it, and who wrote it.
ALTER TABLE article ADD COLUMN updated TEXT;         -- ISO 8601, a day or a moment
ALTER TABLE article ADD COLUMN updated_origin TEXT;
ALTER TABLE article ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';  -- JSON: names, in their order
