from fieldserver import Reply, route, run, serve


@route("GET", "/api/v4/projects/{project}/issues")
def issues(request):
    project, page = request.parts["project"], int(request.query.get("page", 1))
    if run == 1 and project == "group/b" and page == 2:
        return Reply({"message": "403 Forbidden"}, 403)
    rows = [{"id": f"{project}#{n}", "updated_at": f"2024-01-0{n}T00:00:00.000Z"} for n in range(1, 4)]
    rows = [row for row in rows if row["updated_at"][:19] >= request.query["updated_after"][:19]]
    links = {} if page * 2 >= len(rows) else {"Link": f'<{request.base}{request.target}&page={page + 1}>; rel="next"'}
    return Reply(rows[page * 2 - 2:page * 2], headers=links)


serve()
