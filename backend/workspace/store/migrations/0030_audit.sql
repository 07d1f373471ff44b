-- +goose Up
-- The newest entry of the audit. Whoever adds entries takes this row first, so that they form one chain.
CREATE TABLE audit_head (
    name TEXT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- +goose Down
DROP TABLE audit_head;
