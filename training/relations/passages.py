"""Reads the corpora with relations and brings their labels to the kinds of the program.

Comes in: the data folder and our own annotations of Worldwide Newswire (`worldwide.tsv`). Goes out:
passages with mentions, and for pairs of them the kinds that they may have. What its labels mean is in
`labels.py`. Knows nothing of words or networks.
"""

import csv
import json
import os
import re
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "recognizer"))
from corpora import join  # noqa: E402  (the recognizer's: text of tokens, places of each)
from labels import (  # noqa: E402
    CONLL04, CONLL04_COVERED, CONLL04_MENTIONS, FEWREL, KINDS, LABELS, REDOCRED, REDOCRED_COVERED,
    REDOCRED_MENTIONS, REDOCRED_REVERSED, WORLDWIDE,
)

REDOCRED_TRAINED = 400
"""Documents before this one are trained on, the rest is measured on."""
FEWREL_EACH = 120


class Sentence:
    """`start`, `end` in the passage's text; `mentions`: (start, end, kind), in order; `pairs`: (head, tail)
    to (kinds that it may be, words that say so as (start, end) or None, status or None); `covered`: kinds
    that a pair not among them cannot be, or None if nothing is known of those."""

    def __init__(self, start, end, mentions, pairs, covered):
        self.start, self.end, self.mentions, self.pairs, self.covered = start, end, mentions, pairs, covered


class Passage:
    """Text that is read at once, and the sentences in it that are annotated. Offsets are code points."""

    def __init__(self, name, text, sentences):
        self.name, self.text, self.sentences = name, text, sentences


def without_overlaps(spans):
    """Spans in order, the first of overlapping ones kept."""
    kept, last = [], -1
    for span in sorted(spans):
        if span[0] >= last:
            kept.append(span)
            last = span[1]
    return kept


def worldwide(corpus, annotations):
    """Our annotations on the articles of Worldwide Newswire. Each row of the table is a sentence (document,
    start, end) with its relations, each `head_start-head_end>tail_start-tail_end kind status start-end`."""
    rows = {}
    for row in csv.reader(open(annotations, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        rows.setdefault(row[0], []).append((int(row[1]), int(row[2]), row[3:]))
    for line in open(corpus, encoding="utf-8"):
        record = json.loads(line)
        spans = [(e["start"], e["end"], WORLDWIDE[e["type"]]) for e in record["entities"]
                 if e["type"] in WORLDWIDE]
        sentences = []
        for start, end, relations in rows.get(record["id"], []):
            mentions = without_overlaps([s for s in spans if start <= s[0] and s[1] <= end])
            sentences.append(Sentence(start, end, mentions, annotated(mentions, relations), set(KINDS)))
        if sentences:
            yield Passage(record["id"], record["text"], sentences)


def annotated(mentions, relations):
    """Pairs of a row of the annotations."""
    number = {(a, b): n for n, (a, b, _) in enumerate(mentions)}
    pairs = {}
    for relation in relations:
        ends, kind, status, trigger = relation.split(" ")
        head, tail = (number[tuple(map(int, x.split("-")))] for x in ends.split(">"))
        words = tuple(map(int, trigger.split("-"))) if trigger != "-" else None
        kinds = (kind,) + (pairs[head, tail][0] if (head, tail) in pairs else ())
        pairs[head, tail] = (kinds, words, status)
    return pairs


def conll04(path, joined=None, annotations=None):
    """One passage for each sentence. `joined` makes the text of its tokens (default: as in newspapers).
    `annotations`: our own reading of the same sentences for all kinds; where both name kinds for a pair, what
    both allow is taken."""
    rows = dict(rows_of(annotations)) if annotations else {}
    for number, record in enumerate(json.load(open(path, encoding="utf-8"))):
        text, places = (joined or join)(record["tokens"])
        mentions, start = [], None
        for index, tag in enumerate(record["tags"]):
            if tag[0] in "BU":
                start = index
            if tag[0] in "LU" and start is not None:
                mentions.append((places[start][0], places[index][1], CONLL04_MENTIONS[tag[2:]]))
                start = None
        pairs = {(r["head"], r["tail"]): (CONLL04[r["type"]], None, None) for r in record["relations"]}
        name, covered = f"conll04-{number}", CONLL04_COVERED
        if name in rows:
            covered = set(KINDS)
            for pair, (kinds, words, status) in annotated(mentions, rows[name][1]).items():
                both = [k for k in kinds if k in pairs[pair][0]] if pair in pairs else []
                pairs[pair] = (tuple(both) or kinds, words, status)
        yield Passage(name, text, [Sentence(0, len(text), mentions, pairs, covered)])


def rows_of(path):
    """(name, (mentions, relations)) of a table of single sentences: name, mentions as `start-end` and a
    letter of WRITTEN each, separated by spaces, then one field for each relation."""
    for row in csv.reader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        mentions = []
        for place in row[1].split():
            start, end = place[:-1].split("-")
            mentions.append((int(start), int(end), WRITTEN[place[-1]]))
        yield row[0], (mentions, row[2:])


def single(folder, annotations):
    """Our annotations on sentences of FewRel, whose names the program itself marked."""
    rows = dict(rows_of(annotations))
    for corpus in ("fewrel-val-nyt", "fewrel-val-wiki"):
        records = json.load(open(os.path.join(folder, f"{corpus}.json"), encoding="utf-8"))
        for record in (r for of_relation in records.values() for r in of_relation):
            text = join(record["tokens"])[0]
            name = f"{corpus}-{zlib.crc32(text.encode())}"
            if name in rows:
                mentions, relations = rows.pop(name)
                yield Passage(name, text, [Sentence(0, len(text), mentions, annotated(mentions, relations),
                                                    set(KINDS))])


def redocred(path, first=0, last=REDOCRED_TRAINED):
    """Wikipedia. A pair is related where the corpus names the sentence as evidence; pairs of entities that
    are related elsewhere in the document are left open."""
    for number, record in enumerate(json.load(open(path, encoding="utf-8"))[first:last], first):
        text, places = "", []
        for sentence in record["sents"]:
            part, own = join([t.replace("\xa0", " ") for t in sentence])
            text += " " if text else ""
            places.append([(a + len(text), b + len(text)) for a, b in own])
            text += part
        sentences = [redocred_sentence(record, n, own) for n, own in enumerate(places) if own]
        yield Passage(f"redocred-{number}", text, [s for s in sentences if len(s.mentions) > 1])


def redocred_sentence(record, number, places):
    """One sentence of a document of Re-DocRED."""
    found = {}
    for cluster, mentions in enumerate(record["vertexSet"]):
        for m in mentions:
            if m["sent_id"] == number and m["type"] in REDOCRED_MENTIONS:
                a, b = m["pos"]
                span = (places[a][0], places[b - 1][1], REDOCRED_MENTIONS[m["type"]])
                found.setdefault(span, cluster)
    mentions = without_overlaps(found)
    clusters = [found[m] for m in mentions]
    pairs, everything = {}, set(LABELS)
    for label in record["labels"]:
        kinds, head, tail = REDOCRED.get(label["r"]), label["h"], label["t"]
        if label["r"] in REDOCRED_REVERSED:
            kinds, head, tail = REDOCRED_REVERSED[label["r"]], tail, head
        says_so = kinds and number in label["evidence"]
        ends = [(i, j) for i, h in enumerate(clusters) for j, t in enumerate(clusters)
                if (h, t) == (head, tail)]
        # Which of several mentions of one entity the words join, nobody says.
        says_so = says_so and len(ends) == 1
        for i, j in ends:
            if says_so:
                pairs[i, j] = (kinds, None, None)
            else:
                pairs.setdefault((i, j), (tuple(everything), None, None))
            pairs.setdefault((j, i), (tuple(everything), None, None))
    return Sentence(places[0][0], places[-1][1], mentions, pairs, REDOCRED_COVERED)


def wikipedia(path, annotations):
    """Our annotations on sentences of Re-DocRED, in the form of those on Worldwide Newswire."""
    rows = {}
    for row in csv.reader(open(annotations, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        rows.setdefault(row[0], {})[int(row[1]), int(row[2])] = row[3:]
    for passage in redocred(path):
        sentences = []
        for s in passage.sentences:
            if (s.start, s.end) in rows.get(passage.name, {}):
                mentions = [m for m in s.mentions if m[2] != "other"]
                pairs = annotated(mentions, rows[passage.name][s.start, s.end])
                sentences.append(Sentence(s.start, s.end, mentions, pairs, set(KINDS)))
        if sentences:
            yield Passage(passage.name, passage.text, sentences)


def fewrel(path, name):
    """Single pairs in single sentences; nothing is known of any other pair."""
    for relation, records in json.load(open(path, encoding="utf-8")).items():
        if relation not in FEWREL:
            continue
        kind, *ends = FEWREL[relation]
        records = sorted(records, key=lambda r: zlib.crc32(" ".join(r["tokens"]).encode()))
        for number, record in enumerate(records[:FEWREL_EACH]):
            text, places = join(record["tokens"])
            spans = []
            for part, mention in zip("ht", ends):
                tokens = record[part][2][0]
                spans.append((places[tokens[0]][0], places[tokens[-1]][1], mention))
            if spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]:
                continue
            mentions = sorted(spans)
            pair = (mentions.index(spans[0]), mentions.index(spans[1]))
            yield Passage(f"{name}-{relation}-{number}", text,
                          [Sentence(0, len(text), mentions, {pair: ((kind,), None, None)}, None)])


WRITTEN = {"P": "person", "O": "organization", "L": "place", "G": "group"}
MARKED = re.compile(r"\[(\d+)([POLG]) ([^\[\]]+)\]")
RELATION = re.compile(r'(\d+)>(\d+) ([a-z_]+)([?~!]?) "([^"]*)"')
STATUS = {"": "asserted", "?": "reported", "~": "alleged", "!": "denied"}


def written(path):
    """Our own sentences (`written.txt`): a line with mentions as `[1P Name]`, below it `=> ` and relations
    as `1>2 kind "words that say so"`, the kind followed by ? reported, ~ alleged or ! denied."""
    lines = open(path, encoding="utf-8").read().split("\n")
    for number, (line, below) in enumerate(zip(lines, lines[1:])):
        if not below.startswith("=>"):
            continue
        text, mentions, at, places = "", [], 0, {}
        for found in MARKED.finditer(line):
            text += line[at:found.start()]
            places[found[1]] = len(mentions)
            mentions.append((len(text), len(text) + len(found[3]), WRITTEN[found[2]]))
            text, at = text + found[3], found.end()
        text += line[at:]
        pairs = {}
        for head, tail, kind, status, said in RELATION.findall(below):
            ends = places[head], places[tail]
            middle = sum(mentions[e][0] for e in ends) / 2
            starts = [m.start() for m in re.finditer(re.escape(said), text)] if said else []
            start = min(starts, key=lambda s: abs(s - middle), default=None)
            trigger = None if start is None else (start, start + len(said))
            kinds = (kind,) + (pairs[ends][0] if ends in pairs else ())
            pairs[ends] = (kinds, trigger, STATUS[status])
        yield Passage(f"written-{zlib.crc32(text.encode())}", text,
                      [Sentence(0, len(text), mentions, pairs, set(KINDS))])


OURS = ("worldwide", "wikipedia", "written", "single")
"""Parts that were read for all kinds by our own readers, of which a tenth is kept apart."""


def held_out(name):
    """One document in ten is kept for choices, by a hash of its name."""
    return zlib.crc32(name.encode()) % 10 == 0
