#!/usr/bin/env python3
"""CoNLL04 end to end: what the program itself finds in the sentences, names and relations.

    conll04.py DATA BINARY [--part dev] [--gold ENCODED WEIGHTS]

The tokens of a sentence joined by one space are one document. (kind, head, tail) is right if the kind maps
to the corpus's and both spans are the same after titles are dropped on both sides. Prints strict micro
precision, recall and F1; with `--gold`, also those of the network alone on gold entities (ENCODED and WEIGHTS
as `train_pairs.py` has them), at several probabilities.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile

from encode import spaced
from labels import MENTIONS, mapped
from passages import conll04

KINDS = {"person": "person", "organization": "organization", "unit": "organization", "place": "place"}
TITLES = re.compile(
    r"(?:(?:Former|Acting|Vice|Deputy|Prime|Chief|Attorney|Lieutenant|Lt\.|Maj\.|Brig\.)\s+)*"
    # A nation before a title belongs to it: "U.S. Sen.", "Austrian Archduke".
    r"(?:(?:U\.S\.|[A-Z][a-z]+(?:an|ish|ese))\s+)?(?:President|"
    r"Minister|Secretary|Premier|Chancellor|King|Queen|Prince|Princess|Pope|Emperor|Empress|Archduke|Senator|Sen\.|"
    r"Gov\.|Governor|Rep\.|Mayor|Judge|Justice|General|Gen\.|Col\.|Colonel|Capt\.|Captain|Sgt\.|Sgt|Adm\.|Dr\.|"
    r"Mr\.|Mrs\.|Ms\.|Miss|Sir|Lord|Lady|Rev\.|Professor|Prof\.|Archbishop|Bishop|Cardinal|Father|Sheriff|"
    r"Ambassador|Chairman|Director|Marshal|Mr|Mrs|Dr|Gen|Officer|Detective|Deputy|Coach|Comrade|Actor|Actress|"
    r"Sens\.|Reps\.|Pvt\.|Cpl\.|Maj\.|Lt\.)\s+(?=\S)")


def bare(text, start, end):
    """The span without articles, titles and outer punctuation."""
    part = text[start:end]
    lead = re.match(r"(?:the|The|THE)\s+", part)
    start += lead.end() if lead else 0
    title = TITLES.match(text[start:end])
    start += title.end() if title else 0
    while start < end and text[end - 1] in " .,;:'\"":
        end -= 1
    return start, end


def gold_of(passage):
    """Triples of a sentence: corpus label, head span, tail span."""
    sentence = passage.sentences[0]
    spans = [bare(passage.text, a, b) for a, b, _ in sentence.mentions]
    kinds = [MENTIONS.index(k) for _, _, k in sentence.mentions]
    return {(mapped(labels[0], kinds[i], kinds[j]), spans[i], spans[j])
            for (i, j), (labels, _, _) in sentence.pairs.items()}


def found_of(record, text, method=""):
    """Triples that the program states, by methods that begin so."""
    out, document = set(), record["documents"][0]["text"] if record["documents"] else ""
    shift = text.find(document[:40]) if document else 0
    points = lambda at: len(document.encode()[:at].decode("utf-8", "ignore")) + max(shift, 0)  # noqa: E731
    entities = {e["id"]: e for e in record["entities"]}

    def end_of(entity, span):
        for m in entities[entity]["mentions"]:
            if m["start"] < span[1] and m["end"] > span[0]:
                return bare(text, points(m["start"]), points(m["end"]))
        return bare(text, points(span[0]), points(span[1]))

    for relation in record["relations"]:
        kinds = [KINDS.get(entities[relation[end]]["kind"]) for end in ("source", "target")]
        if None in kinds:
            continue
        label = mapped(relation["kind"], *(MENTIONS.index(k) for k in kinds))
        for evidence in relation["evidence"] if label else []:
            is_meant = (evidence.get("method") or "").startswith(method)
            if is_meant and evidence.get("source_span") and evidence["status"] != "denied":
                out.add((label, end_of(relation["source"], evidence["source_span"]),
                         end_of(relation["target"], evidence["target_span"])))
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("binary")
    p.add_argument("--part", default="dev")
    p.add_argument("--method", help="count only evidence whose method begins so: rule or model")
    p.add_argument("--gold", nargs=2, metavar=("ENCODED", "WEIGHTS"))
    args = p.parse_args()
    if args.gold:
        from encoded import load
        from pair_network import restored
        from score_pairs import conll04 as with_gold

        sentences = load(args.gold[0], [f"conll04-{args.part}"])[f"conll04-{args.part}"]
        for least in (0.35, 0.5, 0.7):
            print(f"gold entities, at {least}: {with_gold(restored(args.gold[1]), sentences, least)}")
    data, binary = args.data, args.binary
    passages = list(conll04(os.path.join(data, "relations", f"conll04-{args.part}.json"), spaced))
    with tempfile.TemporaryDirectory() as folder:
        for number, passage in enumerate(passages):
            with open(os.path.join(folder, f"{number:05}.txt"), "w", encoding="utf-8", newline="") as out:
                out.write(passage.text)
        done = subprocess.run([binary, "extract", folder, "--format", "jsonl", "--quiet"],
                              stdout=subprocess.PIPE, check=True)
    found = {}
    for line in done.stdout.decode().splitlines():
        record = json.loads(line)
        for document in record["documents"][:1]:
            number = int(re.search(r"(\d{5})\.txt", document["path"]).group(1))
            found.setdefault(number, set()).update(
                found_of(record, passages[number].text, args.method or ""))
    right = said = wanted = 0
    for number, passage in enumerate(passages):
        gold, own = gold_of(passage), found.get(number, set())
        right, said, wanted = right + len(gold & own), said + len(own), wanted + len(gold)
    p, r = right / max(said, 1), right / max(wanted, 1)
    print(f"end to end: P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(p + r, 1e-9):.1f} "
          f"({right} right of {said} stated, {wanted} in the corpus)")


if __name__ == "__main__":
    main()
