"""Runs one case: its server, its steps, each in the folder and on the port that the case has."""

import json
import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from outcome import OUTCOME_KEYS, misses, short

HERE = Path(__file__).resolve().parent
KINDS = {"loses", "doubles", "leaks", "hangs", "wrong", "refuses", "message"}
CASE_KEYS = {"about", "source", "kind", "today", "why", "steps"}
STEP_KEYS = {"args", "run", "env", "timeout_s", "accept", "paste"}
# What the command may know of the machine that it runs on.
KEPT_VARIABLES = ("PATH", "LANG", "TMPDIR", "SSL_CERT_FILE")


class Faulty(Exception):
    """The case itself is not as README.md describes."""


class PortTaken(Faulty):
    """Another program took the port between its choice and its use."""


def run_case(cli, case):
    """Why the case does not hold, or None, and a line or two about each step."""
    try:
        told = read_case(case)
        for attempts_left in (2, 1, 0):
            try:
                return run_steps(cli, case, told["steps"])
            except PortTaken:
                if not attempts_left:
                    raise
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Faulty(str(fault)) from fault


def read_case(case):
    told = json.loads((case / "case.json").read_text(encoding="utf-8"))
    if set(told) != CASE_KEYS or told["kind"] not in KINDS or not told["steps"]:
        raise Faulty("case.json has %s, and a kind of %s" % (listed(CASE_KEYS), listed(KINDS)))
    for step in told["steps"]:
        if set(step) - STEP_KEYS or "args" not in step or not step.get("accept"):
            raise Faulty("case.json: a step has `args` and `accept`, of %s" % listed(STEP_KEYS))
        for outcome in step["accept"]:
            if not outcome or set(outcome) - OUTCOME_KEYS:
                wrong = listed(set(outcome) - OUTCOME_KEYS) or "nothing"
                raise Faulty("case.json: an outcome cannot have %s" % wrong)
    return told


def listed(keys):
    return ", ".join(sorted(keys))


def run_steps(cli, case, steps):
    port, folder, details = free_port(), Path(tempfile.mkdtemp(prefix="field-")), []
    try:
        copy_files(case, folder, port)
        for number, step in enumerate(steps, 1):
            ran = run_step(cli, case, folder, port, number, step)
            if "paste" in step:
                paste(step["paste"], folder, ran["stdout"])
            sent = [one.get("note") or "%(method)s %(target)s" % one for one in ran["log"]]
            what = (number, ran["rc"], ran["wall"], short(sent, 600))
            details.append("    step %d: rc %s, %.1f s, %s" % what)
            details.append("      " + short(ran["output"].strip(), 800))
            tries = [misses(with_port(outcome, port), ran) for outcome in step["accept"]]
            if all(tries):
                where = "step %d: " % number if len(steps) > 1 else ""
                return where + "; ".join(min(tries, key=len)[:3]), details
        return None, details
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_step(cli, case, folder, port, number, step):
    """Runs the command once, against a server of its own, and returns what outcomes are about."""
    log = folder / (".requests-%d" % number)
    log.touch()
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= {"HOME": str(folder), "NO_COLOR": "1", "NO_PROXY": "127.0.0.1"}
    environment |= with_port(step.get("env", {}), port)
    server = start_server(case, port, step.get("run", number), log)
    try:
        # Files, because a pipe that nobody reads blocks the command.
        with open(folder / ".stdout", "w+b") as stdout, open(folder / ".stderr", "w+b") as stderr:
            began = time.monotonic()
            command = [cli, "rest-source", *with_port(step["args"], port)]
            process = subprocess.Popen(
                command, cwd=folder, env=environment,
                stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
            )
            timed_out = not wait(process, step.get("timeout_s", 30))
            wall = time.monotonic() - began
            texts = {}
            for name, file in (("stdout", stdout), ("stderr", stderr)):
                file.seek(0)
                texts[name] = file.read().decode("utf-8", "replace")
    finally:
        stop(server)
    requests = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return {
        **texts, "output": texts["stdout"] + texts["stderr"], "rc": process.returncode,
        "timed_out": timed_out, "wall": wall, "log": requests, "folder": folder,
    }


def wait(process, seconds):
    """Whether the process ended by itself. If not, it is killed."""
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def start_server(case, port, run, log):
    environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    arguments = ["--port", str(port), "--run", str(run), "--log", log]
    server = subprocess.Popen(
        [sys.executable, case / "server.py", *arguments], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    lines = queue.Queue()
    threading.Thread(target=lambda: lines.put(server.stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=20)
    except queue.Empty:
        line = ""
    if line.strip() == str(port):
        return server
    stop(server)
    said = server.stderr.read().strip().splitlines() or ["it printed no port"]
    taken = "Address already in use" in said[-1]
    raise (PortTaken if taken else Faulty)("server.py did not start: " + said[-1])


def stop(server):
    if server.poll() is None:
        server.terminate()
        wait(server, 5)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_port(value, port):
    return json.loads(json.dumps(value).replace("__PORT__", str(port)))


def copy_files(source, target, port):
    """Copies what a case has beside `case.json` and `server.py`, with `__PORT__` replaced."""
    for path in source.iterdir():
        if path.name in ("case.json", "server.py", "__pycache__"):
            continue
        copy = target / path.name
        if path.is_dir():
            copy.mkdir()
            copy_files(path, copy, port)
        else:
            # Bytes, so that ends of lines stay as they are.
            copy.write_bytes(path.read_bytes().replace(b"__PORT__", str(port).encode()))


def paste(how, folder, stdout):
    """Makes the file `into` of what was printed, after the file `behind` unless it has a client."""
    is_whole = re.search(r"(?m)^client:", stdout)
    head = "" if is_whole else (folder / how["behind"]).read_text(encoding="utf-8")
    (folder / how["into"]).write_text(head + stdout, encoding="utf-8")
