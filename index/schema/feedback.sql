-- How often an answer was called helpful or wrong: no question, nobody who asked or judged.
CREATE TABLE feedback (
    answer INTEGER PRIMARY KEY,            -- Discord's number of the message
    day TEXT NOT NULL,                     -- ISO 8601: of the first vote
    helpful INTEGER NOT NULL DEFAULT 0,
    wrong INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feedback_day ON feedback (day);
