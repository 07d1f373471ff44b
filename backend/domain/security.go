package domain

import "time"

// Security is what guards a person's account, as the Security page shows it. It holds no secret.
type Security struct {
	// SecondFactor is on; Enforced says that the workspace wants it of everybody.
	SecondFactor bool `json:"secondFactor"`
	Enforced     bool `json:"enforced"`
	// BackupCodes counts those that are left.
	BackupCodes int `json:"backupCodes"`
	// Local is false for an account that is kept elsewhere: its password is not changed here.
	Local bool `json:"local"`
	// Key is the personal API key; nil where there is none.
	Key     *APIKey  `json:"key,omitempty"`
	Devices []Device `json:"devices"`
}

// APIKey is what may be known of an API key after it was made.
type APIKey struct {
	ID     string `json:"id"`
	Prefix string `json:"prefix"`
	// LastUsed is exact to the hour; nil is never.
	LastUsed *time.Time `json:"lastUsed,omitempty" ts_type:"string"`
}

// Device is one place where a person is signed in.
type Device struct {
	ID       string    `json:"id"` // of the session
	Name     string    `json:"name"`
	SignedIn time.Time `json:"signedIn" ts_type:"string"`
	// LastUsed is exact to the hour.
	LastUsed time.Time `json:"lastUsed" ts_type:"string"`
	Current  bool      `json:"current"`
}

// TwoFactorSetup is what an authenticator app needs: the secret as text, and as a QR code. It is shown
// once and kept nowhere on this computer.
type TwoFactorSetup struct {
	Secret string `json:"secret"`
	// QR holds one row of modules each, '1' for a dark one.
	QR []string `json:"qr"`
}
