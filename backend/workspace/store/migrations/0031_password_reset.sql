-- +goose Up
-- Links to a new password, one for a person: the newest. The token lies here as SHA-256, and not before the
-- letter is sent that holds it. A link counts only while the person still has the address it was sent to.
CREATE TABLE password_reset (
    user_id    TEXT NOT NULL PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    invitation BOOLEAN NOT NULL,
    email      TEXT NOT NULL,
    token_hash TEXT UNIQUE,
    expires_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE password_reset;
