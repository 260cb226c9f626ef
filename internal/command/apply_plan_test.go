package command

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func applied() Apply[api.ExportLicensesInput, api.LicenseEditInput, api.License] {
	return Apply[api.ExportLicensesInput, api.LicenseEditInput, api.License]{
		Noun: "license", Nouns: "licenses", Editable: []string{"name", "note", "on"}, Switches: []string{"on"},
		Elsewhere: map[string]string{"quantity": "resell license upgrade"}, Moving: []string{"state"},
	}
}

// applying compares the first row of a file with one on the server.
func applying(t *testing.T, file, server string) (rowChange, error) {
	t.Helper()
	table, err := ReadTable(strings.NewReader(file), "file.csv")
	require.NoError(t, err)
	rows, err := applyRows(table, false)
	require.NoError(t, err)
	now := &currentRows{rows: make(map[string][]string)}
	require.NoError(t, now.take(csv.NewReader(strings.NewReader(server)), map[string]bool{"lic_1": true}))
	require.NoError(t, now.knows(table))
	return applied().compare(rows[0], now, "mine")
}

func TestApplyRow(t *testing.T) {
	t.Parallel()
	const server = "id,name,note,on,quantity,ends_on,state,version,reseller\nlic_1,Desk,=1+1,false,5,2027-11-21,active,3,mine\nlic_2,,,,,,,,\n"
	for name, test := range map[string]struct {
		file string
		want []FieldChange
		says string
	}{
		"unchanged":             {"id,version,note,quantity\nlic_1,3,'=1+1,5\n", nil, ""},
		"unchanged, long ago":   {"id,version,note,quantity\nlic_1,1,'=1+1,9\n", nil, ""},
		"edited":                {"version,id,name\n3,lic_1,Door\n", []FieldChange{{2, "lic_1", "name", "Desk", "Door"}}, ""},
		"emptied":               {"version,id,name\n3,lic_1,\n", []FieldChange{{2, "lic_1", "name", "Desk", ""}}, ""},
		"switched":              {"version,id,on\n3,lic_1,WAHR\n", []FieldChange{{2, "lic_1", "on", "false", "true"}}, ""},
		"not switched":          {"version,id,on\n3,lic_1,FALSE\n", nil, ""},
		"neither on nor off":    {"version,id,on\n3,lic_1,maybe\n", nil, `on is true or false, not "maybe"`},
		"another state":         {"version,id,state\n3,lic_1,expired\n", nil, ""},
		"another form":          {"version;id;ends_on;quantity\n3;lic_1;21.11.2027;5,00\n", nil, ""},
		"another quantity":      {"version,id,quantity\n3,lic_1,6\n", nil, `quantity is "5", not "6": change it with resell license upgrade lic_1`},
		"another end":           {"version,id,ends_on\n3,lic_1,2028-11-21\n", nil, `it cannot be changed`},
		"written over":          {"version,id,name\n2,lic_1,Door\n", nil, "was changed on the server since it was exported (version 2, now 3), and would be written over: name"},
		"not there":             {"version,id,name\n2,lic_9,Door\n", nil, "there is no license lic_9"},
		"a version as a number": {"version,id,name\n\"3,0\",lic_1,Door\n", []FieldChange{{2, "lic_1", "name", "Desk", "Door"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change, err := applying(t, test.file, server)
			if test.says != "" {
				require.ErrorContains(t, err, test.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, change.fields)
			require.Equal(t, `"3"`, change.etag)
		})
	}
}

func TestApplyRowOfASubReseller(t *testing.T) {
	t.Parallel()
	const server = "id,name,version,reseller\nlic_1,Desk,3,theirs\n"
	_, err := applying(t, "id,version,name\nlic_1,3,Desk\n", server)
	require.NoError(t, err)
	_, err = applying(t, "id,version,name\nlic_1,3,Door\n", server)
	require.ErrorContains(t, err, "belongs to your sub-reseller theirs")
}
