"""The private PostgreSQL server of the loader's tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from sail import free_port

SCRIPT = Path(__file__).parents[2] / "load" / "tests" / "it" / "postgres" / "cluster.sh"
PASSWORD = "canary@p:s/w?rd#1"


class Postgres:
    """It ends when its input is closed, and removes its folder."""

    def __init__(self) -> None:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        found = shutil.which("initdb")
        folders += [Path(found).parent] if found else []
        assert folders, "these tests need a PostgreSQL server: on Debian `apt-get install postgresql`"
        folder = tempfile.mkdtemp()
        os.chmod(folder, 0o755)
        user: dict[str, int] = {}
        if os.getuid() == 0:
            # PostgreSQL refuses to be run by root.
            known = pwd.getpwnam("postgres")
            os.chown(folder, known.pw_uid, known.pw_gid)
            user = {"user": known.pw_uid, "group": known.pw_gid}
        port = free_port()
        command = ["sh", "-c", SCRIPT.read_text(), "cluster.sh", folders[0], folder, str(port), PASSWORD]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd="/", stdin=pipe, stdout=pipe, text=True, start_new_session=True, extra_groups=[] if user else None, **user
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", folder
        self.url = f"postgres://postgres:{quote(PASSWORD, safe='')}@localhost:{port}/postgres"

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
