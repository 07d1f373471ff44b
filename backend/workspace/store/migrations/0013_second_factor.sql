-- +goose Up
-- What tells the keys that protect secrets here from others of their names; the keys lie in a file.
CREATE TABLE key_check (
    key_id TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The key that went into a password before it was hashed; none for those from before there were keys.
ALTER TABLE password ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
CREATE INDEX password_by_key ON password (key_id);

-- The secret of a person's authenticator, encrypted. last_step is the newest time step whose code was used.
CREATE TABLE second_factor (
    user_id TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    key_id TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX second_factor_by_key ON second_factor (key_id);

-- Backup codes by their keyed hash. used_at is 0 until a code is used.
CREATE TABLE backup_code (
    user_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    key_id TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
CREATE INDEX backup_code_by_key ON backup_code (key_id);

-- What replicas sign is signed with those keys: no copy of the database can.
DELETE FROM workspace_meta WHERE name = 'secret';

-- +goose Down
DROP TABLE backup_code;
DROP TABLE second_factor;
DROP INDEX password_by_key;
ALTER TABLE password DROP COLUMN key_id;
DROP TABLE key_check;
