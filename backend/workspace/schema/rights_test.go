package schema

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryTypeHasItsRights fails for a new type until somebody has decided who may do what with it.
func TestEveryTypeHasItsRights(t *testing.T) {
	for _, typ := range All() {
		r, ok := typ.decided()
		if !ok {
			t.Errorf("nobody decided who may do what with a %s: add its line to rights", typ.Name)
			continue
		}
		switch {
		case typ.Hidden:
		case r.Read == InProject && len(typ.Scope) == 0:
			t.Errorf("%s is read by those who see its project, but has no Scope that leads there", typ.Name)
		case (r.Read == ToOwner || r.Read == Private) && typ.Owner == "" && len(typ.Scope) == 0:
			t.Errorf("%s is its person's, but has neither Owner nor Scope", typ.Name)
		case (r.Read == ToEverybody || r.Read == ToAdministrators) && (typ.Owner != "" || len(typ.Scope) > 0):
			t.Errorf("%s is read without regard to whose it is, but has an Owner or a Scope", typ.Name)
		}
	}
}

func TestWhatRightsNameExists(t *testing.T) {
	for _, typ := range All() {
		r := typ.Rights()
		if slices.Contains([]People{r.Create, r.Update, r.Delete}, Owners) && r.Mine == "" {
			t.Errorf("nothing says whose a %s is", typ.Name)
		}
		if slices.Contains([]People{r.Create, r.Update, r.Delete}, Alike) && r.On == "" {
			t.Errorf("nothing says what a %s hangs on", typ.Name)
		}
		lists := strings.Join([]string{r.Mine, r.On, r.Open, r.Profile, r.Signed, r.Reserved, r.Guest.Read, r.Guest.Create, r.Guest.Update}, " ")
		for path := range strings.FieldsSeq(lists) {
			at := typ
			for name := range strings.SplitSeq(path, ".") {
				a, ok := at.Attribute(name)
				if !ok && !typ.Abstract && typ.Name != "Group" { // what only those extending it have
					t.Errorf("%s has no %s (%s)", at.Name, name, path)
					break
				}
				if ok && a.Relation() {
					at, _ = ByName(a.Ref)
				}
			}
		}
	}
}
