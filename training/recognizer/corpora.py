"""Reads the annotated corpora and brings their labels to ours.

Comes in: the data folder. Goes out: documents, each with raw text, spans with a label of ours, and a
policy that says what an unmarked word may be (corpora that do not mark a kind leave it open).
Knows nothing of words, features or models.
"""

import json
import re
import zlib

KINDS = ["PER", "ORG", "LOC", "FAC", "NORP", "MISC", "PROD", "DATE", "MONEY"]
LABELS = ["O"] + [f"{part}-{kind}" for kind in KINDS for part in "BI"]
OPEN = frozenset(["NORP", "MISC", "PROD", "DATE", "MONEY"])
"""Kinds that a corpus without them leaves unmarked."""

WORLDWIDE = {
    "Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "FAC", "NORP": "NORP",
    "Misc": "MISC", "Product": "PROD", "Date": "DATE", "Money": "MONEY",
}
CONLL04 = {
    "Peop": ("PER",), "Loc": ("LOC", "FAC"), "Org": ("ORG",),
    "Other": ("NORP", "MISC", "PROD", "DATE", "MONEY", "FAC"),
}
REDOCRED = {
    "PER": ("PER",), "LOC": ("LOC", "FAC", "NORP"), "ORG": ("ORG",), "TIME": ("DATE",),
    "MISC": ("MISC", "PROD", "NORP", "FAC"), "NUM": ("MONEY",),
}
SPACELESS_BEFORE = re.compile(r"^([.,;:!?)\]'’%]|n't$)")


class Document:
    """`spans`: (start, end, kinds that it may be) in code points. `open_kinds`: what an unmarked word
    may be besides nothing. `corpus`: 0 worldwide, 1 conll04, 2 redocred, 3 unlabelled."""

    def __init__(self, name, text, spans, corpus, open_kinds=frozenset(), labelled=True):
        self.name, self.text, self.spans, self.corpus = name, text, spans, corpus
        self.open_kinds, self.labelled = open_kinds, labelled


def join(tokens):
    """Text of a list of tokens and the start and end of each."""
    text, places, quoted, glued = "", [], False, True
    for token in tokens:
        if token in "\"``''":
            token = '"' if token != "'" else "'"
        closing = token == '"' and quoted
        if not (glued or closing or SPACELESS_BEFORE.match(token)):
            text += " "
        glued = token in "([$" or (token == '"' and not quoted)
        if token == '"':
            quoted = not quoted
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def worldwide(path):
    """Documents of the jsonl files of Worldwide Newswire and re3d."""
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        spans = [
            (e["start"], e["end"], (WORLDWIDE[e["type"]],))
            for e in record["entities"] if e["type"] in WORLDWIDE
        ]
        yield Document(record["id"], record["text"], spans, 0)


def conll04(path):
    """One document for each sentence; minor kinds are marked unevenly there and stay open."""
    for number, record in enumerate(json.load(open(path, encoding="utf-8"))):
        text, places = join(record["tokens"])
        spans, start = [], None
        for index, tag in enumerate(record["tags"]):
            if tag[0] in "BU":
                start = index
            if tag[0] in "LU" and start is not None:
                spans.append((places[start][0], places[index][1], CONLL04[tag[2:]]))
                start = None
        yield Document(f"conll04-{number}", text, spans, 1, OPEN | {"FAC"})


def redocred(path, first=0, last=400):
    """Documents of Wikipedia; a mention of two kinds (two clusters) may be either."""
    records = json.load(open(path, encoding="utf-8"))[first:last]
    for number, record in enumerate(records):
        text, spans, offsets = "", {}, []
        for sentence in record["sents"]:
            part, places = join([t.replace("\xa0", " ") for t in sentence])
            text += " " if text else ""
            offsets.append([(a + len(text), b + len(text)) for a, b in places])
            text += part
        for cluster in record["vertexSet"]:
            for mention in cluster:
                a, b = mention["pos"]
                place = offsets[mention["sent_id"]]
                key = (place[a][0], place[b - 1][1])
                spans.setdefault(key, set()).update(REDOCRED[mention["type"]])
        spans = outermost([(a, b, tuple(sorted(k))) for (a, b), k in spans.items()])
        yield Document(f"redocred-{number}", text, spans, 2, OPEN | {"FAC"})


def outermost(spans):
    """Of overlapping spans the longest."""
    kept = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= a or span[0] >= b for a, b, _ in kept):
            kept.append(span)
    return sorted(kept)


def fewrel(path, name):
    """Sentences without entity labels, ten to a document, for distillation; a quarter of all."""
    records = [r for rs in json.load(open(path, encoding="utf-8")).values() for r in rs]
    records.sort(key=lambda r: zlib.crc32(" ".join(r["tokens"]).encode()))
    for start in range(0, len(records), 40):
        text = "\n\n".join(join(r["tokens"])[0] for r in records[start:start + 10])
        yield Document(f"{name}-{start}", text, [], 3, labelled=False)


def held_out(name):
    """One document in ten is kept for choices, by a hash of its name."""
    return zlib.crc32(name.encode()) % 10 == 0


def universal(path):
    """Universal NER's tab-separated sentences as running text, in the way that the score reads them."""
    text, spans = "", []
    for line in open(path, encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc") and text:
            yield Document("uner", text, spans, 0)
            text, spans = "", []
        if len(parts) < 3 or line.startswith("#"):
            if not line.strip():
                text += "\n"
            continue
        word, tag = parts[1], parts[2]
        if text and not text.endswith("\n") and not re.match(r"^[.,;:!?)\]'’]|^n't$", word):
            text += " "
        start = len(text)
        text += word
        kind = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}.get(tag[2:])
        if tag[:1] == "B" and kind:
            spans.append((start, len(text), (kind,)))
        elif tag[:1] == "I" and spans and kind:
            spans[-1] = (spans[-1][0], len(text), (kind,))
    yield Document("uner", text, spans, 0)


def defence(path):
    """re3d's outermost named spans, as the score reads them. Only ever measured on."""
    kinds = {"Person": "PER", "Organisation": "ORG", "Organization": "ORG", "Location": "LOC",
             "Facility": "FAC"}
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        text = record["text"]
        spans = [(e["start"], e["end"], (kinds[e["type"]],)) for e in record["entities"]
                 if e["type"] in kinds and re.search(r"[A-Z]", text[e["start"]:e["end"]])]
        yield Document(record["id"], text, outermost(spans), 0)
