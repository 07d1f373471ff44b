-- +goose Up
-- The newest seq of each person's inbox of which the row is deleted: a copy that has not come so far may
-- hold what is no more.
ALTER TABLE inbox_head ADD COLUMN horizon BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE inbox_head DROP COLUMN horizon;
