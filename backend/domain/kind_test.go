package domain_test

import (
	"slices"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestSortKindsPutsTheFirstInRankFirstAndEachOnce(t *testing.T) {
	got := domain.SortKinds([]domain.Kind{domain.KindStatus, domain.KindNote, domain.KindMessage, domain.KindNote})
	want := []domain.Kind{domain.KindMessage, domain.KindNote, domain.KindStatus}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSortKindsLeavesItsArgumentAlone(t *testing.T) {
	given := []domain.Kind{domain.KindNote, domain.KindMessage}
	domain.SortKinds(given)
	if given[0] != domain.KindNote {
		t.Errorf("the caller's slice was sorted: %v", given)
	}
}

func TestAnUnknownKindRanksLast(t *testing.T) {
	if got := domain.Kind("invented").Rank(); got != len(domain.Kinds) {
		t.Errorf("rank %d, want %d", got, len(domain.Kinds))
	}
}

func TestEveryKindIsInternalByDefault(t *testing.T) {
	for _, k := range domain.Kinds {
		if !slices.Contains(domain.BuiltInChannels(k), domain.InternalChannel) {
			t.Errorf("%s has no inbox by default", k)
		}
	}
}

func TestMailIsOnByDefaultForWhatIsMeantForOnePerson(t *testing.T) {
	var mailed []domain.Kind
	for _, k := range domain.Kinds {
		if slices.Contains(domain.BuiltInChannels(k), domain.Mail) {
			mailed = append(mailed, k)
		}
	}
	if want := []domain.Kind{domain.KindMessage, domain.KindNote, domain.KindAssignment}; !slices.Equal(mailed, want) {
		t.Errorf("mailed: %v, want %v", mailed, want)
	}
}
