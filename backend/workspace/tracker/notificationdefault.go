package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// notificationDefaults is an operation of Callboard's own, for administrators: what counts for whoever
// chose nothing, and for how many people that is. It answers {"people", "kinds": [{"kind", "channels",
// "layer", "followers"}]}: all kinds by rank, also those without an entity of type NotificationDefault,
// whose layer is built_in, and how many of the active people follow each. Who they are it does not say,
// and no query does: what somebody chose is theirs alone.
func (r *request) notificationDefaults(ctx context.Context, op wire.Operation) (any, error) {
	if r.level < administrator {
		return nil, domain.Errorf(domain.Forbidden, "only an administrator sees how many people follow the workspace's defaults")
	}
	workspace, err := r.tx.WorkspaceChannels(ctx)
	if err != nil {
		return nil, err
	}
	people, chose, err := r.tx.Chose(ctx)
	if err != nil {
		return nil, err
	}
	choices := domain.Choices{Workspace: workspace}
	kinds := make([]any, len(domain.Kinds))
	for i, kind := range domain.Kinds {
		choice := choices.Default(kind)
		kinds[i] = map[string]any{
			"kind": string(kind), "channels": choice.Channels, "layer": string(choice.Layer), "followers": people - chose[kind],
		}
	}
	return wire.Answer{Action: op.Action, Data: map[string]any{"people": people, "kinds": kinds}}, nil
}
