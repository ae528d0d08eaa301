"""Writes what a teacher thinks of every word: its log-probabilities.

    soften.py PREPARED OUT WEIGHTS
"""

import pickle
import sys

import numpy as np
import torch

from corpora import LABELS
from network import DEVICE, Tagger
from score import tag


def load(path, data):
    """A network of the saved weights, ready to tag."""
    state = torch.load(path, map_location="cpu")
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    model = Tagger(data["vocabulary"], len(data["features"]), len(LABELS), layers)
    model.load_state_dict(state)
    return model.to(DEVICE).eval()


def main():
    prepared, out, weights = sys.argv[1:]
    data = pickle.load(open(prepared, "rb"))
    examples = data["train"] + data["held"] + data["unlabelled"]
    model, soft = load(weights, data), {}
    for start in range(0, len(examples), 200):
        group = examples[start:start + 200]
        for example, scores in zip(group, tag(model, data, group)):
            soft[example.document.name] = np.maximum(scores, -12).astype(np.float16)
        print(start + len(group), "of", len(examples), flush=True)
    with open(out, "wb") as file:
        pickle.dump(soft, file)


if __name__ == "__main__":
    main()
