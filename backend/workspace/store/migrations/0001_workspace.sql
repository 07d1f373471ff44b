-- +goose Up
CREATE TABLE workspace_meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The newest seq of each person's inbox.
CREATE TABLE inbox_head (
    user_id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

-- +goose Down
DROP TABLE inbox_head;
DROP TABLE workspace_meta;
