package domain

import "slices"

// Edition is what a workspace was bought as. It is a setting of the workspace that only its server sets.
type Edition string

// The editions. The first counts where none is set.
const (
	EditionEnterprise Edition = "enterprise"
	// EditionStandard does not let administrators switch on that everybody uses two-factor authentication.
	EditionStandard Edition = "standard"
)

// Editions lists every edition.
var Editions = []Edition{EditionEnterprise, EditionStandard}

// Known says whether e is one of Editions.
func (e Edition) Known() bool { return slices.Contains(Editions, e) }

// The settings of a workspace that bear on how its accounts are guarded.
const (
	SettingEdition = "edition"
	// SettingEnforceTwoFactor is true where everybody must use two-factor authentication.
	SettingEnforceTwoFactor = "enforce_two_factor"
)
