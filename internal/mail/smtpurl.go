package mail

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"

	gomail "github.com/wneessen/go-mail"
)

// smtpConfig is what an SMTP URL says.
type smtpConfig struct {
	host           string
	port           int
	user, password string
	// implicitTLS encrypts from the first byte (smtps); policy applies otherwise.
	implicitTLS bool
	policy      gomail.TLSPolicy
}

// parseSMTPURL reads an SMTP URL. Its errors never quote the URL: a password
// with an unescaped "/", "?" or "#" ends up in any part of it.
func parseSMTPURL(raw string) (smtpConfig, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return smtpConfig{}, errors.New("not a URL (escape special characters of the password as %XX)")
	}

	c := smtpConfig{host: u.Hostname()}
	switch {
	case u.Scheme != "smtp" && u.Scheme != "smtps":
		return smtpConfig{}, errors.New("the scheme must be smtp or smtps")
	case c.host == "":
		return smtpConfig{}, errors.New("the host is missing")
	case u.Path != "" && u.Path != "/" || u.Fragment != "":
		return smtpConfig{}, errors.New(
			"unexpected text after the host (escape special characters of the password as %XX)")
	}
	c.implicitTLS = u.Scheme == "smtps"

	if u.User != nil {
		c.user = u.User.Username()
		c.password, _ = u.User.Password()
		if c.user == "" || c.password == "" {
			return smtpConfig{}, errors.New("a user name needs a password, and the other way round")
		}
	}

	if err := c.setPort(u.Port()); err != nil {
		return smtpConfig{}, err
	}
	if err := c.setPolicy(u.Query()); err != nil {
		return smtpConfig{}, err
	}
	return c, nil
}

// setPort fills in the registered port: 465 for submission over TLS, 587 for
// submission with a login, 25 for a relay.
func (c *smtpConfig) setPort(port string) error {
	switch {
	case port != "":
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return errors.New("the port must be 1 to 65535")
		}
		c.port = int(n)
	case c.implicitTLS:
		c.port = 465
	case c.user != "":
		c.port = 587
	default:
		c.port = 25
	}
	return nil
}

func (c *smtpConfig) setPolicy(query url.Values) error {
	mode := query.Get("starttls")
	if len(query) > 1 || len(query) == 1 && (mode == "" || len(query["starttls"]) > 1) {
		return errors.New("the only option is starttls=required, opportunistic or none")
	}
	if c.implicitTLS {
		if mode != "" {
			return errors.New("smtps is encrypted from the start: starttls is for smtp")
		}
		return nil
	}

	// Whoever can read the connection can also hide that the server offers
	// TLS, so a password goes out only where TLS is certain or nobody is on
	// the line.
	secret := c.user != "" && !c.isLoopback()
	switch mode {
	case "required":
		c.policy = gomail.TLSMandatory
	case "", "opportunistic":
		c.policy = gomail.TLSOpportunistic
		if secret {
			c.policy = gomail.TLSMandatory
		}
	case "none":
		if secret {
			return fmt.Errorf("starttls=none would send the password to %s in the clear", c.host)
		}
		c.policy = gomail.NoTLS
	default:
		return errors.New("starttls must be required, opportunistic or none")
	}
	return nil
}

func (c *smtpConfig) isLoopback() bool {
	ip := net.ParseIP(c.host)
	return c.host == "localhost" || ip != nil && ip.IsLoopback()
}
