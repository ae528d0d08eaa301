#!/usr/bin/env python3
"""Draws stated relations for a person to read, and compares the program with what was read before.

    read_relations.py draw  TEXTS BINARY OUT [--number N] [--seed S]
    read_relations.py score TEXTS BINARY READ.tsv

TEXTS is a folder of reports, or JSON lines with {"id", "text"} (only offsets of those go into the list, no
text). `draw` writes OUT.tsv, one piece of evidence a line with an empty verdict, and OUT.txt, the same
with its words for the reader. N = 0 takes all. A verdict is `right`, or what is wrong: `invented` (the
sentence does not say it), `kind`, `direction`, `ends` (another name is meant), `status`. `score` prints how
much of what was read is still stated, and how much evidence there is for each 1,000 words.

Columns: document, source start, source end, kind, target start, target end, status, verdict; offsets are
code points of the document's text.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

MUTUAL = {"fights", "allied_with", "met_with", "contacted", "family_of", "associate_of"}


def texts_of(path):
    """Name to text."""
    if os.path.isdir(path):
        return {p.name: p.read_bytes().decode("utf-8", "replace") for p in sorted(pathlib.Path(path).iterdir())}
    return {r["id"]: r["text"] for r in map(json.loads, open(path, encoding="utf-8"))}


def extracted(path, texts, binary):
    """The program's result, and a function from its document to the name of the text."""
    command = [binary, "extract", "--format", "json", "--quiet"]
    if os.path.isdir(path):
        done = subprocess.run(command + [path], stdout=subprocess.PIPE)
        return json.loads(done.stdout), lambda d: os.path.basename(d["path"])
    names = list(texts)
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            with open(os.path.join(folder, f"{number:06}.txt"), "w", encoding="utf-8", newline="") as out:
                out.write(texts[name])
        done = subprocess.run(command + [folder], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout), lambda d: names[int(re.search(r"(\d{6})\.txt", d["path"])[1])]


class Piece:
    """One piece of evidence from a text."""

    def __init__(self, name, shift, document, relation, evidence, entities):
        data = document["text"].encode()
        points = lambda at: len(data[:at].decode("utf-8", "ignore")) + shift  # noqa: E731
        self.kind, self.status, self.score = relation["kind"], evidence["status"], evidence["score"]
        self.spans = [tuple(map(points, evidence[end])) for end in ("source_span", "target_span")]
        self.name, self.method = name, evidence["method"]
        self.ends = [entities[relation[end]]["name"] for end in ("source", "target")]
        self.kinds = [entities[relation[end]]["kind"] for end in ("source", "target")]
        self.words = [data[a:b].decode("utf-8", "ignore") for a, b in evidence["trigger"]]
        self.sentence, self.attributed = evidence["text"], evidence.get("attributed_to")

    def row(self):
        (a, b), (c, d) = self.spans
        return [self.name, a, b, self.kind, c, d, self.status]


def pieces_of(path, binary):
    """All evidence that is stated in texts, and the number of words."""
    texts = texts_of(path)
    record, name_of = extracted(path, texts, binary)
    entities = {e["id"]: e for e in record["entities"]}
    documents = {d["id"]: d for d in record["documents"]}
    out = []
    for relation in record["relations"]:
        for evidence in relation["evidence"]:
            if evidence["origin"] != "text" or not evidence.get("source_span"):
                continue
            document = documents[evidence["document"]]
            name = name_of(document)
            shift = max(texts[name].find(document["text"]), 0)
            out.append(Piece(name, shift, document, relation, evidence, entities))
    return out, sum(len(d["text"].split()) for d in record["documents"])


def draw(args):
    pieces, words = pieces_of(args.texts, args.binary)
    print(f"{len(pieces)} pieces of evidence in {words} words, {1000 * len(pieces) / words:.1f} for 1,000")
    if args.number:
        pieces = random.Random(args.seed).sample(sorted(pieces, key=Piece.row), min(args.number, len(pieces)))
    with open(args.out + ".tsv", "w", encoding="utf-8") as table, \
            open(args.out + ".txt", "w", encoding="utf-8") as reader:
        for number, piece in enumerate(pieces, 1):
            table.write("\t".join(map(str, piece.row() + [""])) + "\n")
            arrow = "<->" if piece.kind in MUTUAL else "-->"
            sentence = re.sub(r"\s+", " ", piece.sentence)
            says = f"  says so: {piece.attributed}" if piece.attributed else ""
            reader.write(f"{number}. [{piece.kinds[0]}] {piece.ends[0]}  --{piece.kind} ({piece.status}){arrow}  "
                         f"[{piece.kinds[1]}] {piece.ends[1]}   words: {' / '.join(piece.words)}{says}\n"
                         f"    {sentence}\n\n")


def score(args):
    pieces, words = pieces_of(args.texts, args.binary)
    stated = collections.defaultdict(list)
    for piece in pieces:
        stated[piece.name, piece.kind].append(piece)
    seen, counts = set(), collections.Counter()
    for row in csv.reader(open(args.read, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        name, kind, status, verdict = row[0], row[3], row[6], row[7]
        first, second = (int(row[1]), int(row[2])), (int(row[4]), int(row[5]))
        touches = lambda a, b: a[0] < b[1] and b[0] < a[1]  # noqa: E731
        same = [p for p in stated[name, kind] if touches(p.spans[0], first) and touches(p.spans[1], second)
                or kind in MUTUAL and touches(p.spans[1], first) and touches(p.spans[0], second)]
        seen.update(map(id, same))
        counts[verdict, "read"] += 1
        counts[verdict, "stated"] += bool(same)
        counts[verdict, "stated alike"] += any(p.status == status for p in same)
    read = sum(n for (_, what), n in counts.items() if what == "read")
    print(f"read: {counts['right', 'read']} right of {read}")
    for verdict in sorted({v for v, _ in counts}, key=lambda v: (v != "right", v)):
        print(f"  {verdict:10} {counts[verdict, 'read']:4} read, {counts[verdict, 'stated']:4} still stated, "
              f"{counts[verdict, 'stated alike']:4} with that status")
    still = sum(n for (_, what), n in counts.items() if what == "stated")
    print(f"of those still stated {counts['right', 'stated']} of {still} right; not read: "
          f"{len(pieces) - len(seen)} of {len(pieces)} pieces of evidence in {words} words, "
          f"{1000 * len(pieces) / words:.1f} for 1,000")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = p.add_subparsers(required=True)
    for name, run in (("draw", draw), ("score", score)):
        part = parts.add_parser(name)
        part.add_argument("texts")
        part.add_argument("binary")
        part.add_argument("out" if name == "draw" else "read")
        if name == "draw":
            part.add_argument("--number", type=int, default=100)
            part.add_argument("--seed", type=int, default=1)
        part.set_defaults(run=run)
    args = p.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
