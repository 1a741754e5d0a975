"""Attacks on what is printed: control characters, closed pipes, exit status, generated code."""

import os
import pty
import subprocess

from harness import APPEND, answer, attacks

attack = attacks()
ESCAPE = "\x1b]0;OWNED\x07\x1b[2J"
DOWN = "http://127.0.0.1:9"


def on_terminal(work, *arguments):
    """What the command writes to a terminal."""
    master, slave = pty.openpty()
    command = [work.cli, "rest-source", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=work.folder, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    text = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        text += more
    process.wait()
    os.close(master)
    return text.decode("utf-8", "replace")


@attack
def escapes_from_a_server(work):
    "What a server sends is shown on a terminal without the control characters in it."
    for body, status in (
        ("bad " + ESCAPE, "500 X"), ("oops " + ESCAPE, "200 OK"), ({"x" + ESCAPE: [1]}, "200 OK"),
        ("bad \x9b2J", "500 X"), ("bad \u202eevil", "500 X"),
    ):
        server = work.server(lambda request, body=body, status=status: answer(body, status))
        text = on_terminal(work, "fetch", work.source(server.url), "-q")
        for character in ("\x1b]", "\x07", "\x1b[2J", "\x9b", "\u202e"):
            assert character not in text, "%r reaches the terminal: %r" % (character, text[:300])


@attack
def escapes_from_a_description(work):
    "A name of the description is shown without the control characters in it."
    source = work.file(
        'client: {base_url: "%s"}\nresources:\n  - name: "a\\e[2Jb"\n'
        "    endpoint: {path: /x, paginator: single_page, data_selector: d}\n" % DOWN
    )
    for run in (work.run("fetch", source), work.run("check", source), work.run("docs", source)):
        assert "\x1b[2J" not in run.out + run.err, "an escape of the file is printed"


@attack
def status_of_what_failed_in_a_closed_pipe(work):
    "A failed command does not exit 0 when nobody reads what it prints."
    source = work.source(DOWN, APPEND)
    mistaken = work.file("client: {}\nresources: [{nme: x}]\n")
    for command in (
        "load %s --to sqlite:a.db" % source, "fetch %s" % source, "check %s" % mistaken,
        "docs %s" % mistaken, "probe %s" % source,
    ):
        for pipe in ("2>&1 |", "|", "2>&1 >/dev/null |"):
            script = "(sleep 0.1; exec {} %s) %s true; exit ${PIPESTATUS[0]}" % (command, pipe)
            rc, text = work.shell(script)
            assert rc == 1, "%s %s exits %d: %s" % (command, pipe, rc, text[:200])
        for target in (">/dev/full", "2>/dev/full", ">&- 2>&-"):
            rc, text = work.shell("{} %s %s" % (command, target))
            assert rc in (1, 2), "%s %s exits %d: %s" % (command, target, rc, text[:200])


@attack
def interrupted_while_nobody_reads(work):
    "Ctrl-C ends a fetch that waits for somebody to read its output."
    page = {"data": [{"text": "x" * 1_000}] * 1_000}
    server = work.server(lambda request: page)
    source = work.source(server.url)
    script = """mkfifo pipe; {} fetch %s -q > pipe & fetch=$!
    exec 3<pipe; sleep 2; kill -INT $fetch; (sleep 15; kill -9 $fetch) & wait $fetch""" % source
    rc, text = work.shell(script)
    assert rc == 130, "it exits %d: %s" % (rc, text[:200])


@attack
def limits_of_the_system(work):
    "With few file descriptors or small files a command ends by an error, and nothing is doubled."
    server = work.server(lambda request: {"data": [{"id": n, "text": "x" * 500} for n in range(100)]})
    source = work.source(server.url, APPEND)
    for limit in ("-n 16", "-n 12", "-n 9", "-n 6", "-n 4", "-f 0", "-f 40"):
        rc, text = work.shell("ulimit %s; {} load %s --to sqlite:a.db -q > out" % (limit, source))
        assert rc in (0, 1, 2, 127, 134) or "-f" in limit, "%s: %d: %s" % (limit, rc, text[:300])
        rc, _ = work.shell("{} load %s --to sqlite:a.db -q --full-refresh > out || true" % source)
        assert rc == 0
    rc, text = work.shell("{} load %s --to sqlite:b.db -q" % source)
    assert rc == 0, text[:300]


@attack
def code_out_of_a_name(work):
    "A line break in a resource's name does not become code of a new crate."
    source = work.file(
        'client: {base_url: "https://a.example"}\nresources:\n'
        '  - name: "x\\nfn evil() { std::process::exit(1) }\\n//"\n'
        "    endpoint: {path: /i, paginator: single_page, data_selector: d}\n"
    )
    work.run("new", source, "--crate", "made")
    for file in (work.folder / "made").rglob("*"):
        if file.is_file() and file.suffix in (".rs", ".toml", ".md"):
            for line in file.read_text(encoding="utf-8").splitlines():
                assert not line.lstrip().startswith("fn evil"), "%s: %s" % (file.name, line)
