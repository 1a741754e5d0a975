from fieldserver import Reply, route, serve


@route("GET", "/shops/1/orders/page/{page}/size/{size}")
def orders(request):
    page, size = int(request.parts["page"]), int(request.parts["size"])
    if page == 3 and request.run == 1:
        return Reply({"error": "later"}, 400)
    rows = [{"id": n + 1} for n in range((page - 1) * size, min(page * size, 7))]
    return {"orders": rows} if rows and not request.query else Reply({"error": "no such page"}, 404)


serve()
