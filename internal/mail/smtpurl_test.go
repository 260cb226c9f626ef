package mail

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewSMTPConfig(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		port   int
		policy string
	}{
		"smtp://relay.example":                                      {25, "TLSOpportunistic"},
		"smtp://u:p@relay.example":                                  {587, "TLSMandatory"},
		"smtp://u:p@relay.example?starttls=opportunistic":           {587, "TLSMandatory"},
		"smtp://u:p@[::1]:2525?starttls=none":                       {2525, "NoTLS"},
		"smtp://u:p@localhost":                                      {587, "TLSOpportunistic"},
		"smtps://u:p@relay.example":                                 {465, "TLSMandatory"},
		"smtp://relay.example:2525/?starttls=required":              {2525, "TLSMandatory"},
		"smtp://u%40acme.example:p@relay.example?starttls=required": {587, "TLSMandatory"},
	}
	for url, want := range tests {
		config, err := parseSMTPURL(url)
		require.NoError(t, err, url)
		require.Equal(t, want.port, config.port, url)
		require.Equal(t, want.policy, config.policy.String(), url)
	}
}

func TestNewSMTPRefuses(t *testing.T) {
	t.Parallel()

	for _, url := range []string{
		"",
		"relay.example:25",
		"http://relay.example",
		"smtp://",
		"smtp://relay.example:0",
		"smtp://relay.example:99999",
		"smtp://ivan@relay.example",
		"smtp://:hunter2@relay.example",
		"smtp://ivan:hunter2@relay.example?starttls=none",
		"smtp://ivan:hunter2@relay.example?starttls=maybe",
		"smtp://ivan:hunter2@relay.example?starttls=none&starttls=none",
		"smtp://ivan:hunter2@relay.example?helo=x",
		"smtps://ivan:hunter2@relay.example?starttls=required",
		"smtp://ivan:hunter2/x@relay.example",
		"smtp://ivan:12/hunter2@relay.example",
		"smtp://ivan:12?hunter2@relay.example",
		"smtp://ivan:12#hunter2@relay.example",
		"smtp://ivan:hunter2%@relay.example",
		"smtp://ivan:hun ter2@relay.example:x",
	} {
		_, err := NewSMTP(url)
		require.Error(t, err, url)
		require.NotContains(t, err.Error(), "hunter2")
		require.NotContains(t, err.Error(), "ter2")
	}
}
