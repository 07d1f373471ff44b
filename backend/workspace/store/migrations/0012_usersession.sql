-- +goose Up
-- Sessions are entities: their people may list and end them with any client.
INSERT INTO usersession (id, token_hash, user_id, device, creation_time, accessed_time, expires_at)
    SELECT id, token_hash, user_id, device, created_at, used_at, expires_at FROM session;
DROP TABLE session;

-- +goose Down
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
