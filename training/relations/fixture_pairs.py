"""Writes the reference that the program's network of pairs is compared with.

    fixture_pairs.py ENCODED WEIGHTS CHOSEN OUT [COUNT]

Takes sentences of our own (`written.txt`) and writes one JSON line for each: text, words and mentions in
bytes (what the encoder makes of them is left to the program), and for every ordered pair the probabilities
of the labels and the statuses, with the products of the layers in their integer form.
"""

import json
import sys

import torch

from encoded import load
from labels import MENTIONS
from pair_network import restored
from export_pairs import LARGE, PLAIN, integers
from train_pairs import tensors


def main():
    folder, weights, chosen, out, *count = sys.argv[1:]
    heat = json.load(open(chosen))["temperature"]
    model = restored(weights)
    model.exact = True
    for name in PLAIN:
        weight = getattr(model, name).weight.data
        if weight.numel() > LARGE:
            rows, scale = integers(weight)
            weight.copy_(torch.from_numpy(rows * scale[:, None]))
    model.integer(True)
    sentences = [s for s in load(folder, ["written"])["written"] if 1 < len(s.mentions) < 6]
    sentences = sentences[:: max(1, len(sentences) // int(*count or [60]))]
    with open(out, "w", encoding="utf-8") as file:
        for s in sentences:
            with torch.no_grad():
                scores, _, status = model(tensors([s])[0])
            places = [[len(s.text[:a].encode()), len(s.text[:b].encode())] for a, b in s.words]
            pairs = [(i, j) for i in range(len(s.mentions)) for j in range(len(s.mentions)) if i != j]
            record = {
                "text": s.text, "words": places,
                "mentions": [[a, b, MENTIONS[k]] for a, b, k in s.mentions],
                "pairs": [{"head": i, "tail": j, "labels": [round(x, 3) for x in row],
                           "statuses": [round(x, 3) for x in of]}
                          for (i, j), row, of in zip(pairs, (scores / heat).softmax(-1).tolist(),
                                                     status.softmax(-1).tolist())],
            }
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
