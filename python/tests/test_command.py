"""The command line in the wheel."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from conftest import PAYMENTS, TOKEN, things

COMMAND = Path(sys.executable).with_name("rest-source")


def run(*arguments, **options):
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


def test_it_fetches_and_checks(demo, tmp_path):
    fetched = run("fetch", PAYMENTS, "payments", "--limit", 2, "--base-url", demo.url, env={"ACCESS_TOKEN": TOKEN})
    assert fetched.returncode == 0, fetched.stderr
    assert len([json.loads(line) for line in fetched.stdout.splitlines()]) == 2
    file = tmp_path / "wrong.yaml"
    file.write_text("client: {base_url: https://example.com}\n")
    checked = run("check", file)
    assert checked.returncode == 1 and "`rest-source explain " in checked.stderr
    assert run("check", tmp_path / "missing.yaml").returncode == 2


def test_its_help_has_its_name():
    for arguments in (["--help"], ["fetch", "--help"], ["load", "--help"]):
        shown = run(*arguments)
        assert shown.returncode == 0 and "rest-source" in shown.stdout
        assert "cargo rest-source" not in shown.stdout
    assert run("--version").stdout.startswith("rest-source ")
    assert "Usage: rest-source" in run("fetch").stderr


def test_ctrl_c_ends_it(serve):
    def answer(path, query):
        time.sleep(30)

    server = serve(answer)
    command = [COMMAND, "fetch", "-", "--quiet"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write(json.dumps(things(server.url)))
    process.stdin.close()
    while not server.requests:
        time.sleep(0.01)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert time.monotonic() - begin < 3
    assert "interrupted after 0 records" in process.stderr.read()


def test_ctrl_c_ends_what_waits_for_its_input():
    process = subprocess.Popen([sys.executable, "-m", "rest_source", "check", "-"], stdin=subprocess.PIPE)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) in (-signal.SIGINT, 130)
