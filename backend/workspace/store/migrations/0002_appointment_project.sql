-- +goose Up
-- Appointments say which project they are in; those from before did not.
UPDATE appointment SET project_id = (SELECT c.project_id FROM context AS c WHERE c.id = appointment.context_id)
WHERE project_id IS NULL;

-- +goose Down
SELECT 1;
