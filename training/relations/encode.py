"""Runs the recognizer's encoder over passages, once, and keeps each word's hidden numbers.

    encode.py DATA WEIGHTS PREPARED VOCABULARY INPUTS_BINARY OUT

WEIGHTS and PREPARED are what the recognizer's training left (the shipped network); the encoder is not
trained any further, so that the program encodes each sentence once for names and relations. OUT is a
folder with one file for each part; parts that are there are not done again.
"""

import os
import pickle
import sys

import numpy as np
import torch

import labels
import passages
from encoded import Encoded

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "recognizer"))


class Text:
    """What the recognizer's `inputs.run` asks of a document."""

    def __init__(self, name, text):
        self.name, self.text, self.spans, self.corpus = name, text, [], 0
        self.open_kinds, self.labelled = frozenset(), False


def words_of(words, start, end):
    """Numbers of the words that a span of characters touches: (first, after the last)."""
    inside = [n for n, (a, b) in enumerate(words) if a < end and b > start]
    return (inside[0], inside[-1] + 1) if inside else None


def sentence_of(passage, sentence, example, hidden):
    """The encoded sentence, or None if the program does not read it as text or a mention has no words."""
    place = words_of(example.words, sentence.start, sentence.end)
    if place is None or place[1] - place[0] > 200 or np.isnan(hidden[place[0]:place[1]]).any():
        return None
    first, last = place
    words = example.words[first:last]
    mentions = []
    for a, b, kind in sentence.mentions:
        found = words_of(words, a, b)
        if found is None:
            return None
        mentions.append((*found, labels.MENTIONS.index(kind)))
    pairs = {}
    for ends, (kinds, trigger, status) in sentence.pairs.items():
        said = words_of(words, *trigger) if trigger else None
        pairs[ends] = (tuple(labels.LABELS.index(k) for k in kinds), said, status)
    covered = None if sentence.covered is None else [labels.LABELS.index(k) for k in sentence.covered]
    text = passage.text[sentence.start:sentence.end]
    return Encoded(passage.name, text, words, hidden[first:last], mentions, pairs, covered)


TAP = 1
"""Layers of the recognizer whose output is taken. Its last ones keep of a word what tells names, and lose
what verbs mean: relations read from there were far worse (docs/design.md)."""


def hidden_of(examples, model, data):
    """For each example an array [words, 384]; words outside every window have no number."""
    from train import batches, tensors
    import random

    out = [np.full((len(e.words), 384), np.nan, np.float16) for e in examples]
    place = {id(e): n for n, e in enumerate(examples)}
    with torch.no_grad():
        for items in batches(examples, 4000, random.Random(0)):
            batch = tensors(items, data["first"], data["last"], corpus=False)
            rows = model(batch, hidden=True)[1].numpy().astype(np.float16)
            at = 0
            for e, a, b in items:
                out[place[id(e)]][a:b] = rows[at:at + b - a]
                at += b - a
    return out


def encode(texts, model, data, binary, vocabulary):
    """Encoded sentences of passages."""
    import inputs

    texts = list(texts)
    _, examples = inputs.run([Text(p.name, p.text) for p in texts], binary, vocabulary)
    out = []
    for passage, example, hidden in zip(texts, examples, hidden_of(examples, model, data)):
        made = [sentence_of(passage, s, example, hidden) for s in passage.sentences]
        out += [m for m in made if m]
    return out


def parts_of(folder):
    """Name of each part to its passages."""
    entities, relations = os.path.join(folder, "entities"), os.path.join(folder, "relations")
    redocred = os.path.join(relations, "redocred-dev.json")
    return {
        "worldwide": passages.worldwide(os.path.join(entities, "ww-train.jsonl"),
                                       os.path.join(HERE, "worldwide.tsv")),
        "wikipedia": passages.wikipedia(redocred, os.path.join(HERE, "wikipedia.tsv")),
        "written": passages.written(os.path.join(HERE, "written.txt")),
        "conll04": passages.conll04(os.path.join(relations, "conll04-train.json"),
                                    annotations=os.path.join(HERE, "conll04.tsv")),
        "single": passages.single(relations, os.path.join(HERE, "single.tsv")),
        "redocred": passages.redocred(redocred),
        "fewrel": [p for name in ("fewrel-val-wiki", "fewrel-val-nyt")
                   for p in passages.fewrel(os.path.join(relations, f"{name}.json"), name)],
        "conll04-dev": passages.conll04(os.path.join(relations, "conll04-dev.json"), spaced),
        "redocred-dev": passages.redocred(redocred, passages.REDOCRED_TRAINED, 500),
    }


def spaced(tokens):
    """The text of tokens joined by one space, as the measure has it, and the place of each."""
    places, at = [], 0
    for token in tokens:
        places.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), places


def main():
    folder, weights, prepared, vocabulary, binary, out = sys.argv[1:]
    from soften import load

    data = pickle.load(open(prepared, "rb"))
    data = {k: data[k] for k in ("vocabulary", "features", "first", "last")}
    model = load(weights, data)
    model.layers = model.layers[:TAP]
    os.makedirs(out, exist_ok=True)
    for name, texts in parts_of(folder).items():
        path = os.path.join(out, name + ".pickle")
        if os.path.exists(path):
            continue
        sentences = encode(texts, model, data, binary, vocabulary)
        with open(path, "wb") as file:
            pickle.dump(sentences, file)
        pairs = sum(len(s.pairs) for s in sentences)
        print(name, len(sentences), "sentences", pairs, "pairs", flush=True)


if __name__ == "__main__":
    main()
