package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// editionSetting is set on the server's command line alone: administrators cannot give themselves another.
func (r *request) editionSetting(_ context.Context, value any) (any, error) {
	if r.level < server {
		return nil, &domain.Error{Code: domain.Forbidden, Field: "value", Reason: "edition", Message: "the edition is set on the server, with callboard-server edition"}
	}
	var edition domain.Edition
	if err := decode(settingType(), "value", value, &edition, "the name of an edition"); err != nil || value == nil {
		return nil, err
	}
	if !edition.Known() {
		return nil, wrongSetting("unknown_edition", "there is no edition %s; there are %s and %s", edition, domain.EditionEnterprise, domain.EditionStandard)
	}
	return edition, nil
}

// enforceSetting has everybody use two-factor authentication: who has none can do nothing else before they
// set it up. The standard edition cannot switch it on: a workspace that has it on already keeps it until it is
// switched off.
func (r *request) enforceSetting(ctx context.Context, value any) (any, error) {
	if err := r.fresh(ctx); err != nil {
		return nil, err
	}
	if r.tracker.cfg.Guard != nil {
		r.after(r.tracker.cfg.Guard.Doubt)
	}
	var enforce, before bool
	if err := decode(settingType(), "value", value, &enforce, "true or false"); err != nil || !enforce {
		return enforce, err
	}
	if err := r.tx.Setting(ctx, domain.SettingEnforceTwoFactor, &before); err != nil || before {
		return enforce, err
	}
	edition, err := r.tx.Edition(ctx)
	if err != nil {
		return nil, err
	}
	if edition == domain.EditionStandard {
		return nil, &domain.Error{
			Code: domain.Forbidden, Field: "value", Reason: "standard_edition",
			Message: "the standard edition cannot have everybody use two-factor authentication; the enterprise edition can",
		}
	}
	return enforce, nil
}
