package advice_test
import ("testing";"fmt";"time";"wheretoturn/bot")
func TestZZ(t *testing.T){
 b:=setup(t)
 for _,c:=range bot.Countries{ t0:=time.Now(); e:=ends(t,b,"en",c); fmt.Println(c,len(e),time.Since(t0))
 if c=="CZ"{ for i,x:=range e { if i%20==0 {fmt.Println(x)}}}
 }
}
