"""Measures how many streams of Airbyte's low-code manifests become resources; see README.md.

    python3 tests/width/width.py target/release/cargo-rest-source --manifests manifests.tar.xz
    python3 tests/width/width.py target/release/cargo-rest-source --manifests folder --fetch
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

import yaml

import serving

DEFAULT = pathlib.Path(__file__).parents[3] / "shared/corpus/airbyte/manifests.tar.xz"
GAP = re.compile(r"not imported: (.*?) \[(\w+)\]: (.*)")
ALSO = re.compile(r" \(also in ((?:`\w+`(?:, )?)+)\)$")
REFERENCE = re.compile(r"\{resources\.(\w+)\.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli", help="the program `cargo-rest-source`")
    parser.add_argument("--manifests", type=pathlib.Path, default=DEFAULT,
                        help="a folder of manifests, or a tar archive of one")
    parser.add_argument("--fetch", action="store_true",
                        help="fetch each resource from a loopback server as well")
    parser.add_argument("--only", help="only manifests whose names contain this")
    parser.add_argument("--list", metavar="CODE", help="list the gaps of this code")
    parser.add_argument("--output", type=pathlib.Path, help="keep the descriptions in this folder")
    arguments = parser.parse_args()
    if not arguments.manifests.exists():
        sys.exit(f"there are no manifests at `{arguments.manifests}`: name them by --manifests")
    with tempfile.TemporaryDirectory() as unpacked:
        folder = arguments.manifests
        if folder.is_file():
            with tarfile.open(folder) as archive:
                archive.extractall(unpacked, filter="data")
            folder = pathlib.Path(unpacked)
        files = sorted(folder.rglob("*.yaml"))
        files = [file for file in files if not arguments.only or arguments.only in file.name]
        output = arguments.output or pathlib.Path(unpacked) / "descriptions"
        output.mkdir(parents=True, exist_ok=True)
        measure(arguments, files, output)


def measure(arguments, files, output):
    total = collections.Counter()
    codes = collections.Counter()
    failures = []
    listed = []
    for file in files:
        streams = streams_of(file)
        total["manifests"] += 1
        total["streams"] += len(streams)
        text, gaps, error = run(arguments.cli, file)
        if text is None:
            failures.append(f"{file.name}: {error}")
            codes["nothing imported"] += len(streams)
            continue
        (output / file.name).write_text(text)
        touched = judge(streams, yaml.load(text, yaml.CSafeLoader), gaps)
        writable = [name for name in streams if touched[name] is not None]
        total["writable"] += len(writable)
        total["exact"] += sum(not touched[name] for name in writable)
        for name in streams:
            codes.update({code for code, _ in touched[name] or []})
            if touched[name] is None:
                places = (f"streams.{name}.", f"resources.{name}")
                codes.update({gap.code for gap in gaps if gap.place.startswith(places)} or {"(other)"})
        listed += [f"{file.name} {gap.place}: {gap.message}" for gap in gaps if gap.code == arguments.list]
        if arguments.fetch:
            fetched, wrong = serving.fetch_all(arguments.cli, output / file.name, writable)
            total["fetched"] += len(fetched)
            total["fetched and exact"] += sum(not touched[name] for name in fetched)
            failures += [f"{file.name} {name}: {message}" for name, message in wrong.items()]
    for line in listed or failures:
        print(line)
    for name in ["manifests", "streams", "writable", "exact", "fetched", "fetched and exact"]:
        if name in total:
            share = f"{100 * total[name] / total['streams']:6.1f} %" if name != "manifests" else ""
            print(f"{name:<20}{total[name]:>6} {share}")
    print("\nstreams that a gap touches, by its code")
    for code, count in codes.most_common(25):
        print(f"  {code:<20}{count:>6}")


Gap = collections.namedtuple("Gap", "place code message")


def run(cli, file):
    """The description of a manifest and its gaps, or why there is none."""
    done = subprocess.run([cli, "import", "airbyte", file], capture_output=True, text=True)
    if done.returncode:
        return None, [], done.stderr.strip()
    return done.stdout, [gap for found in GAP.findall(done.stderr) for gap in of_streams(Gap(*found))], None


def of_streams(gap):
    """A gap for each of the streams that it names: one that several have is told once."""
    also = ALSO.search(gap.message)
    if not also:
        return [gap]
    gap = gap._replace(message=gap.message[:also.start()])
    rest = gap.place.split(".", 2)[2:]
    others = [".".join(["streams", name, *rest]) for name in re.findall(r"`(\w+)`", also[1])]
    return [gap, *(gap._replace(place=place) for place in others)]


def judge(streams, description, gaps):
    """For each stream the gaps that touch it or one of its parents; None if it did not become a resource."""
    resources = {resource["name"]: resource for resource in description["resources"]}
    shared = [(gap.code, gap.message) for gap in gaps
              if not gap.place.startswith(("streams.", "resources."))]

    def touching(name, seen=()):
        own = [(gap.code, gap.message) for gap in gaps
               if gap.place.startswith((f"streams.{name}.", f"resources.{name}.")) or gap.place == f"resources.{name}"]
        parents = set(REFERENCE.findall(str(resources.get(name)))) - {name, *seen}
        return own + [gap for parent in parents for gap in touching(parent, (*seen, name))]

    def judged(name):
        return touching(name) + shared if name in resources else None

    return {name: judged(name) for name in streams}


def streams_of(file):
    """The names of the streams of a manifest, as the importer writes them."""
    manifest = yaml.load(file.read_text(), yaml.CSafeLoader)
    names = []
    for stream in manifest.get("streams") or []:
        stream = resolved(manifest, stream)
        for key in ["full_refresh_stream", "incremental_stream"]:
            stream = resolved(manifest, stream.get(key) or stream)
        parameters = stream.get("$parameters") or {}
        name = str(stream.get("name") or parameters.get("name") or "")
        expression = re.fullmatch(r"\{\{\s*parameters(?:\.|\[['\"])(\w+)(?:['\"]\])?\s*\}\}", name)
        name = str(parameters[expression[1]]) if expression else name
        name = re.sub(r"[^0-9A-Za-z_]+", "_", name.strip()).rstrip("_")
        name = name if re.match(r"[^0-9]", name) else f"n{name}"
        base, number = name, 2
        while name.lower() in (taken.lower() for taken in names):
            name, number = f"{base}_{number}", number + 1
        names.append(name)
    return names


def resolved(manifest, value):
    """A mapping with the keys of what it refers to."""
    reference = value if isinstance(value, str) else value.get("$ref")
    if not reference:
        return value
    found = manifest
    rest = reference.removeprefix("#/")
    while rest:
        key = next((key for key in sorted(found, key=len, reverse=True)
                    if rest == key or rest.startswith(f"{key}/")), None)
        if key is None:
            return {}
        found, rest = found[key], rest[len(key) + 1:]
    found = resolved(manifest, found)
    own = {} if isinstance(value, str) else value
    parameters = {**(found.get("$parameters") or {}), **(own.get("$parameters") or {})}
    return {**found, **own, "$ref": None, "$parameters": parameters}


if __name__ == "__main__":
    main()
