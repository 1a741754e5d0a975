from fieldserver import Reply, note, route, run, serve
import json, time
@route("GET","/items")
def i(r):
    A=[{'id':k} for k in range(10)]
    o=int(r.query.get('offset',0)); p=int(r.query.get('page',1)); c=int(r.query.get('c',0))
    if r.run==1:
        o=o or (p-1)*2 or c
        return {'items':A[o:o+2],'total':10,'pages':5,'next':(o+2 if o+2<10 else None),'link':('/items?c=%d'%(o+2) if o+2<10 else None)}
    return {'items':A[c:c+2] if c!=4 else [],'total':10,'link':'/items?c=%d'%(c+2) if c<8 else None}
serve()
