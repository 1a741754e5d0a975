from itertools import count

from fieldserver import route, serve

NUMBERS = count(1)


@route("GET", "/jobs")
def jobs(request):
    n = next(NUMBERS)
    return {"jobs": [{"id": id, "age": n} for id in range(1, 5)], "next": f"t{n * 7919}x"}


serve()
