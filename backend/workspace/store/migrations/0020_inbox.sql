-- +goose Up
-- The newest seq of each person's inbox. Whoever adds or changes a row takes the next one here first,
-- which also makes two writers of one inbox wait for each other.
CREATE TABLE inbox_head (
    user_id TEXT NOT NULL PRIMARY KEY,
    seq     BIGINT NOT NULL
);

-- +goose Down
DROP TABLE inbox_head;
