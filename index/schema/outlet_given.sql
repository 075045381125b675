-- Whether a person has named the outlet: then it outranks the host that was dialled.
ALTER TABLE article ADD COLUMN outlet_given INTEGER NOT NULL DEFAULT 0;
