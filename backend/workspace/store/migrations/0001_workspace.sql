-- +goose Up
-- What the data file knows of itself, such as its epoch.
CREATE TABLE workspace_meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- +goose Down
DROP TABLE workspace_meta;
