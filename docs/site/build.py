#!/usr/bin/env python3
"""Builds the site of the pages that docs/SUMMARY.md lists, and fails if a link of it leads nowhere.

The pages are copied to where mdBook reads them. What GitHub and rustdoc show otherwise is rewritten there:
links between pages, links to items of a crate, headings of the guide pages and code that rustdoc takes for Rust.
"""

import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
HERE = pathlib.Path(__file__).resolve().parent
# Where the pages of a folder are on the site, the longest first.
FOLDERS = {"runtime/src/guide/": "guide/", "load/src/guide/": "loading/", "docs/": ""}
LINK = re.compile(r"(?<!\!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
FENCE = re.compile(r"^\s*(```+|~~~+)(.*)$")


def place(path):
    """Where a file of the repository is on the site."""
    if path.endswith("README.md"):
        path = path.removesuffix("README.md") + "index.md"
    for folder, there in FOLDERS.items():
        if path.startswith(folder):
            return there + path.removeprefix(folder)
    # Other pages of the root are written in capitals there.
    return path.lower() if path.endswith(".md") else path


def is_guide(path):
    return path.startswith(("runtime/src/guide/", "load/src/guide/"))


def crate_link(path, text, target):
    """A link of a guide page to another, or to an item of its crate, which is no page of the site."""
    name, _, section = target.partition("#")
    parts = name.split("::")
    if parts[1] != "guide":
        return text
    page = os.path.dirname(path) + f"/{parts[2]}.md" + (f"#{section}" if section else "")
    return link(path, text, page, from_root=True)


def link(path, text, target, from_root=False):
    name, hash_, section = target.partition("#")
    if not from_root:
        name = os.path.normpath(os.path.join(os.path.dirname(path), name))
    if name not in PAGES:
        if not (ROOT / name).is_file():
            sys.exit(f"{path}: the link to {target} leads nowhere")
        COPIED.add(name)
    there = os.path.relpath(place(name), os.path.dirname(place(path)) or ".")
    return f"[{text}]({there}{hash_}{section})"


def links(path, text):
    def replaced(found):
        words, target = found.groups()
        if target.startswith("crate::"):
            return crate_link(path, words, target)
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            return found[0]
        return link(path, words, target)

    return LINK.sub(replaced, text)


def page(path, title):
    """A page as mdBook reads it."""
    written, prose, fence = [], [], None

    def end_prose():
        # A link may have a line break in its text.
        if prose:
            written.append(links(path, "\n".join(prose)))
            prose.clear()

    for line in (ROOT / path).read_text().splitlines():
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
            # rustdoc takes code for Rust unless it says otherwise.
            if is_guide(path) and not mark[2]:
                line += "rust"
            end_prose()
        elif mark and mark[1] == fence and not mark[2].strip():
            fence = None
        elif not fence:
            if is_guide(path) and re.match(r"#+ ", line):
                line = f"#{line}"
            prose.append(line)
            continue
        written.append(line)
    end_prose()
    heading = f"# {title}\n\n" if is_guide(path) else ""
    return heading + "\n".join(written) + "\n"


class Html(html.parser.HTMLParser):
    """The links and the anchors of a page of the site."""

    def __init__(self):
        super().__init__()
        self.links, self.anchors = [], set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value and tag != "base":
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


def dead_links(site):
    """The links inside the site that lead nowhere."""
    pages = {}
    for path in site.rglob("*.html"):
        pages[path.resolve()] = parsed = Html()
        parsed.feed(path.read_text())
    dead = []
    for path, parsed in pages.items():
        for target in parsed.links:
            url = urllib.parse.urlsplit(target)
            if url.scheme or url.netloc:
                continue
            name = urllib.parse.unquote(url.path)
            there = (path.parent / name).resolve() if name else path
            if there.is_dir():
                there /= "index.html"
            anchor = urllib.parse.unquote(url.fragment)
            if not there.is_file():
                dead.append(f"{path.relative_to(site.resolve())}: {target}")
            elif anchor and there in pages and anchor not in pages[there].anchors:
                dead.append(f"{path.relative_to(site.resolve())}: {target} has no such section")
    return dead, len(pages), sum(len(parsed.links) for parsed in pages.values())


def summary():
    """The contents, with links as the site has them and a page for each block of the language."""
    lines = []
    for line in (DOCS / "SUMMARY.md").read_text().splitlines():
        found = LINK.search(line)
        lines.append(links("docs/SUMMARY.md", line))
        if found and found[2] == "reference/README.md":
            for title, page in LINK.findall((DOCS / "reference/README.md").read_text()):
                lines.append(f"  - [{title}](reference/{page})")
    return "\n".join(lines) + "\n"


def listed():
    """The pages of the contents with their titles."""
    pages = {}
    for title, target in LINK.findall((DOCS / "SUMMARY.md").read_text()):
        pages[os.path.normpath(os.path.join("docs", target))] = title
    for title, target in LINK.findall((DOCS / "reference/README.md").read_text()):
        pages[f"docs/reference/{target}"] = title
    return pages


PAGES = listed()
COPIED = set()


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: build.py MDBOOK FOLDER")
    mdbook, target = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    unlisted = {f"docs/{path.name}" for path in DOCS.glob("*.md")} - set(PAGES) - {"docs/SUMMARY.md"}
    if unlisted:
        sys.exit(f"docs/SUMMARY.md does not list {', '.join(sorted(unlisted))}")
    book, site = target / "book", target / "html"
    for folder in (book, site):
        shutil.rmtree(folder, ignore_errors=True)
    (book / "src").mkdir(parents=True)
    for name in ("book.toml", "site.css"):
        shutil.copy(HERE / name, book / name)
    (book / "src/SUMMARY.md").write_text(summary())
    for path, title in PAGES.items():
        there = book / "src" / place(path)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(page(path, title))
    for path in COPIED:
        there = book / "src" / place(path)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, there)
    built = subprocess.run([mdbook, "build", "--dest-dir", site, book], capture_output=True, text=True)
    if built.returncode != 0 or "WARN" in built.stderr or "ERROR" in built.stderr:
        sys.exit(built.stdout + built.stderr + "mdbook failed")
    dead, pages, count = dead_links(site)
    if dead:
        sys.exit("links of the site that lead nowhere:\n" + "\n".join(dead))
    print(f"{site}: {pages} pages, {count} links, none dead")


main()
