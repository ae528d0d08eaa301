#!/usr/bin/env python3
"""How far mentions' scores can be believed: for each range of scores, how many are right.

    score_calibration.py GOLD.jsonl REDSTRING

GOLD.jsonl has one {"text", "entities": [{"start", "end", "type"}]} a line, offsets in code points, types
Person, Organization, Location, Facility. Mentions of persons, organizations (units with them) and
places are counted, right in span and kind but for articles and possessive endings. Printed are the
mean score and the share that is right, and over all the expected calibration error: the mean distance
of the two, by the mentions of each range (Guo and others 2017).
"""
import json
import re
import subprocess
import sys
import tempfile

GOLD = {"Person": "person", "Organization": "organization", "Location": "place", "Facility": "place"}
OURS = {"person": "person", "organization": "organization", "unit": "organization", "place": "place"}
EDGES = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01]


def trimmed(text, start, end):
    article = re.match(r"(?i)the ", text[start:end])
    start += article.end() if article else 0
    end -= 2 if re.search(r"['’]s$", text[start:end]) else 0
    return start, end


def mentions(program, texts):
    """(article, start, end, kind, score, rule of no use here) of everything found."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            with open(f"{folder}/{number:05}.txt", "w", encoding="utf-8", newline="") as file:
                file.write(text)
        command = [program, "extract", folder, "--format", "json", "--relations", "none", "--quiet"]
        found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    places = {
        document["id"]: (int(document["path"][-9:-4]), (document["range"] or [0])[0])
        for document in found["documents"]
    }
    raw = [text.encode() for text in texts]
    for entity in found["entities"]:
        for mention in entity["mentions"]:
            number, base = places[mention["document"]]
            before, through = (raw[number][: base + mention[at]].decode() for at in ("start", "end"))
            yield number, len(before), len(through), OURS.get(entity["kind"]), mention["score"]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    texts = [article["text"] for article in articles]
    gold = set()
    for number, article in enumerate(articles):
        for entity in article["entities"]:
            if kind := GOLD.get(entity["type"]):
                gold.add((number, *trimmed(texts[number], entity["start"], entity["end"]), kind))
    bins = [[0, 0.0, 0] for _ in EDGES[1:]]
    for number, start, end, kind, score in mentions(sys.argv[2], texts):
        if kind:
            row = bins[next(n for n, edge in enumerate(EDGES[1:]) if score < edge)]
            row[0] += 1
            row[1] += score
            row[2] += (number, *trimmed(texts[number], start, end), kind) in gold
    total = sum(row[0] for row in bins)
    error = sum(abs(row[1] - row[2]) for row in bins) / max(total, 1)
    print("score          mentions  mean score  right")
    for (low, high), (count, scores, right) in zip(zip(EDGES, EDGES[1:]), bins):
        if count:
            print(f"{low:4.2f} to {min(high, 1):4.2f}   {count:8}      {scores / count:.3f}   {right / count:.3f}")
    print(f"expected calibration error {error:.3f} over {total} mentions")


main()
