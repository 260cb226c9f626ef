package clitest
import ("testing";"fmt"
"github.com/getkin/kin-openapi/openapi3"
"github.com/getkin/kin-openapi/openapi3filter"
"github.com/resell-cli/resell/internal/server")
func TestProbe(t *testing.T){
 b,err:=server.OpenAPI(); if err!=nil{t.Fatal(err)}
 d,err:=openapi3.NewLoader().LoadFromData(b)
 fmt.Println(err); fmt.Println(d.OpenAPI, d.IsOpenAPI31OrLater(), d.Validate(t.Context()))
 _ = openapi3filter.Options{}
}
