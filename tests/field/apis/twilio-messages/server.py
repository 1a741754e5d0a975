import re
from datetime import date, timedelta

from fieldserver import Reply, route, run, serve


@route("GET", "/2010-04-01/Accounts/AC1/Messages.json")
def messages(request):
    bound = request.query.get("DateSent>", "")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", bound):
        return Reply({"code": 20001, "message": f"{bound!r} is no date"}, 400)
    days = [date(2024, 1, 1) + timedelta(n) for n in range(4 + run)]
    days = [day for day in days if day >= date.fromisoformat(bound)][::-1]
    page = int(request.query.get("Page", 0))
    rows = [{"sid": f"SM{day.day}", "date_sent": day.strftime("%a, %d %b %Y 05:01:45 +0000")} for day in days[page * 3:page * 3 + 3]]
    link = f"/2010-04-01/Accounts/AC1/Messages.json?DateSent%3E={bound}&Page={page + 1}"
    return {"messages": rows, "page": page, "next_page_uri": link if len(days) > page * 3 + 3 else None}


serve()
