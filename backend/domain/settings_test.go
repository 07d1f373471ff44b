package domain_test

import (
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestNearestLanguage(t *testing.T) {
	for given, want := range map[string]string{
		"es_MX.UTF-8":  "es",
		"es-419":       "es",
		"ES":           "es",
		"en_GB":        "en",
		"zh_CN.UTF-8":  "zh",
		"zh-Hant-TW":   "zh",
		"ja_JP.eucJP":  "ja",
		"ru_RU.KOI8-R": "ru",
		"ko-KR":        "ko",
		"C.UTF-8":      "en",
		"fi_FI":        "en",
		"":             "en",
	} {
		if got := domain.NearestLanguage(given); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
	if got := domain.NearestLanguage("fi_FI", "es_ES"); got != "es" {
		t.Errorf("the second preference was not asked: %q", got)
	}
}
