package tracker_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

func set(name string, value any) wire.Operation {
	return create("WorkspaceSetting", data{"name": name, "value": value})
}

// TestTheStandardEditionKeepsTwoFactorForEverybodyButCannotSwitchItOn is the rule of the editions.
func TestTheStandardEditionKeepsTwoFactorForEverybodyButCannotSwitchItOn(t *testing.T) {
	s := open(t)
	may := func(op wire.Operation, by string, want domain.Code) {
		t.Helper()
		if _, err := s.try(by, op); domain.CodeOf(err) != want {
			t.Errorf("%v by %q: %v, want %q", op.EntityData, by, err, want)
		}
	}
	may(set("enforce_two_factor", true), "maya", domain.Forbidden)
	may(set("edition", "enterprise"), "ines", domain.Forbidden)
	may(set("edition", "deluxe"), "", domain.Invalid)
	may(set("enforce_two_factor", "yes"), "ines", domain.Invalid)

	may(set("enforce_two_factor", true), "ines", "") // the enterprise edition is built in
	may(set("edition", "standard"), "", "")
	may(set("enforce_two_factor", true), "ines", "") // it is on already
	may(set("enforce_two_factor", false), "ines", "")
	may(set("enforce_two_factor", true), "ines", domain.Forbidden)
	row, _ := s.one(t, "ines", `select id from WorkspaceSetting where name is "enforce_two_factor"`)["id"].(string)
	may(update("WorkspaceSetting", row, data{"value": true}), "ines", domain.Forbidden)
	may(remove("WorkspaceSetting", row), "ines", "")
	may(set("enforce_two_factor", true), "ines", domain.Forbidden)
	edition, _ := s.one(t, "ines", `select id from WorkspaceSetting where name is "edition"`)["id"].(string)
	may(remove("WorkspaceSetting", edition), "ines", domain.Forbidden)
	may(update("WorkspaceSetting", edition, data{"value": "enterprise"}), "ines", domain.Forbidden)
	may(set("edition", "enterprise"), "", "")
	may(set("enforce_two_factor", true), "ines", "")
}
