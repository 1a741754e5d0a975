from fieldserver import Reply, route, serve


@route("GET", "/users/delta")
def users(request):
    link = lambda query: request.base + "/users/delta?" + query
    skip, delta = request.query.get("skip"), request.query.get("delta")
    if skip == "b":
        if request.run == 2:
            return Reply({"error": "broken"}, 400)
        return {"value": [{"id": 4}], "@odata.deltaLink": link("delta=3")}
    if skip == "a":
        return {"value": [{"id": 2}], "@odata.deltaLink": link("delta=1")}
    if delta == "1":
        return {"value": [{"id": 3}], "@odata.nextLink": link("skip=b")}
    if delta:
        return {"value": [], "@odata.deltaLink": link("delta=" + delta)}
    return {"value": [{"id": 1}], "@odata.nextLink": link("skip=a")}


serve()
