"""Writes the reference that the program's tokenization and network are compared with.

    fixture.py [--work FOLDER] [--out FILE]

One JSON line for each line of `sentences.txt`: text, words (bytes), pieces (by the reference
tokenization), features as the program gives them, and the label scores of each word in 32-bit floats,
with the matrices and their inputs rounded to bytes as the program has them. The network is the one that
`make.py` left in its folder.
"""

import argparse
import json
import os
import pickle

import torch

import inputs
from corpora import Document
from network import HIDDEN
from soften import load
from train import tensors
from words import Vocabulary, split


HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--work", default="target/recognizer")
    p.add_argument("--out", default=os.path.join(inputs.ROOT, "tests", "fixtures", "recognizer.jsonl"))
    args = p.parse_args()
    with open(os.path.join(args.work, "prepared.pickle"), "rb") as file:
        data = pickle.load(file)
    model = load(os.path.join(args.work, "small22.pt"), data)
    vocabulary = os.path.join(inputs.base_folder(), "vocab.txt")
    binary = inputs.built("example", "recognizer_inputs")
    sentences = os.path.join(HERE, "sentences.txt")
    model.integer(True)
    model.exact = True
    reference = Vocabulary(vocabulary)
    texts = [line.rstrip("\n") for line in open(sentences, encoding="utf-8") if line.strip()]
    documents = [Document(str(n), text, [], 0, labelled=False) for n, text in enumerate(texts)]
    _, examples = inputs.run(documents, binary, vocabulary)
    differing = 0
    with open(args.out, "w", encoding="utf-8") as file:
        for text, example in zip(texts, examples):
            words = split(text)
            pieces = [reference.encode(text[a:b]) for a, b in words]
            differing += words != [tuple(w) for w in example.words] or pieces != example.pieces
            total = sum(map(len, pieces))
            if total > 158 or len(words) != len(example.words) or not words:
                continue
            with torch.no_grad():
                batch = tensors([(example, 0, len(words))], data["first"], data["last"], corpus=False)
                scores = model(batch)
            places = [[len(text[:a].encode()), len(text[:b].encode())] for a, b in words]
            record = {"text": text, "words": places, "pieces": pieces, "features": example.features,
                      "scores": [[round(x, 2) for x in row] for row in scores.tolist()]}
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(len(texts), "sentences;", differing, "cut otherwise by the program; width", HIDDEN)


if __name__ == "__main__":
    main()
