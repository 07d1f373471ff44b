package domain_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestTheNearestLayerCounts(t *testing.T) {
	note := domain.KindNote
	choices := domain.Choices{
		Projects:  map[domain.ProjectID]map[domain.Kind][]domain.Channel{"tide": {note: {domain.Digest}}, "harbour": {note: {}}},
		Own:       map[domain.Kind][]domain.Channel{note: {domain.Mail}},
		Workspace: map[domain.Kind][]domain.Channel{note: {domain.InternalChannel}, domain.KindStatus: {}},
	}
	for name, c := range map[string]struct {
		kind    domain.Kind
		project domain.ProjectID
		want    domain.Choice
	}{
		"my override for this project":   {note, "tide", domain.Choice{Channels: []domain.Channel{domain.Digest}, Layer: domain.LayerProject}},
		"switched off for this project":  {note, "harbour", domain.Choice{Channels: []domain.Channel{}, Layer: domain.LayerProject}},
		"my setting":                     {note, "north", domain.Choice{Channels: []domain.Channel{domain.Mail}, Layer: domain.LayerOwn}},
		"my setting, of what is in none": {note, "", domain.Choice{Channels: []domain.Channel{domain.Mail}, Layer: domain.LayerOwn}},
		"the workspace's, switched off":  {domain.KindStatus, "north", domain.Choice{Channels: []domain.Channel{}, Layer: domain.LayerWorkspace}},
		"built in":                       {domain.KindMessage, "north", domain.Choice{Channels: domain.BuiltInChannels(domain.KindMessage), Layer: domain.LayerBuiltIn}},
	} {
		if got := choices.For(c.kind, c.project); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestAnEventTakesTheChannelsOfAllItsKinds(t *testing.T) {
	choices := domain.Choices{Own: map[domain.Kind][]domain.Channel{
		domain.KindNote: {domain.Mail}, domain.KindClientReview: {domain.InternalChannel}, domain.KindMessage: {},
	}}
	got := choices.Routes([]domain.Kind{domain.KindClientReview, domain.KindNote}, "")
	want := []domain.Route{
		{Channel: domain.Mail, Kind: domain.KindNote, Layer: domain.LayerOwn},
		{Channel: domain.InternalChannel, Kind: domain.KindClientReview, Layer: domain.LayerOwn},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := choices.Routes([]domain.Kind{domain.KindMessage}, ""); len(got) != 0 {
		t.Errorf("a kind that is off takes %+v", got)
	}
}

func TestChannelsAreOrderedAndKnown(t *testing.T) {
	got, err := domain.ValidChannels([]domain.Channel{domain.Digest, domain.Mail, domain.Digest})
	if err != nil || !slices.Equal(got, []domain.Channel{domain.Mail, domain.Digest}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := domain.ValidChannels(nil); err != nil || got == nil {
		t.Errorf("none at all is a choice: %v, %v", got, err)
	}
	if _, err := domain.ValidChannels([]domain.Channel{"pigeon"}); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("%v", err)
	}
}
