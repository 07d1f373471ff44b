-- +goose Up
CREATE TABLE password (
    user_id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Tokens and keys lie here as SHA-256: a copy of the database opens nothing.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE api_key_secret (
    key_hash TEXT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL
);

-- Devices that signed in before, by the hash of the secret they keep.
CREATE TABLE device (
    token_hash TEXT NOT NULL,
    user_id TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, user_id)
);

CREATE TABLE throttle (
    bucket TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    pauses BIGINT NOT NULL,
    paused_until BIGINT NOT NULL,
    since BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX throttle_by_age ON throttle (changed_at);

-- +goose Down
DROP TABLE throttle;
DROP TABLE device;
DROP TABLE api_key_secret;
DROP TABLE session;
DROP TABLE password;
