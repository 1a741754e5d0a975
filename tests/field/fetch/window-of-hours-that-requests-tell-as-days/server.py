from datetime import datetime, timedelta, timezone

from fieldserver import route, serve

BEGIN = datetime(2023, 12, 1, tzinfo=timezone.utc)
# A record every 5 hours.
ROWS = [(BEGIN + timedelta(hours=5 * number)).strftime("%Y-%m-%dT%H:%M:%SZ") for number in range(600)]


def of(prefix):
    return {"data": [{"id": number, "at": at} for number, at in enumerate(ROWS) if at.startswith(prefix)]}


@route("GET", "/days/{day}")
def days(request):
    return of(request.parts["day"])


@route("GET", "/months/{year}/{month}")
def months(request):
    return of(request.parts["year"] + "-" + request.parts["month"])


serve()
