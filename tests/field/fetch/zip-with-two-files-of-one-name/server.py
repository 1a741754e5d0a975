import io
import warnings
import zipfile

from fieldserver import Reply, route, serve

warnings.simplefilter("ignore")


@route("GET", "/items")
def items(request):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("items.csv", "id\n1\n")
        archive.writestr("items.csv", "id\n2\n")
    return Reply(body.getvalue(), 200, {"Content-Type": "application/zip"})


serve()
