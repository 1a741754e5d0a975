from datetime import datetime, timedelta, timezone

from fieldserver import Reply, note, route, serve


@route("GET", "/items")
def items(request):
    now = datetime.now(timezone.utc)
    days = [now - timedelta(days=2), now - timedelta(days=1), now]
    days = [day.strftime("%Y-%m-%d") for day in days]
    until = request.query["until"]
    if until <= days[-1]:
        note("today is left out")
    return [{"id": number, "at": day} for number, day in enumerate(days) if request.query["since"] <= day < until]


serve()
