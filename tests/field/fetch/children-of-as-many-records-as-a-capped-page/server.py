from fieldserver import Reply, note, route, run, serve
import json, time
@route("GET","/ps")
def p(r): return [{'id':k} for k in range(30)]
@route("GET","/ps/{a}/items")
def i(r): p=int(r.query['page']); n=24 if int(r.parts['a']) in (9,) else 12; return {'items':[{'x':k} for k in range(n)][p*12-12:p*12]}
serve()
