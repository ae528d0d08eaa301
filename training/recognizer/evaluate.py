"""Scores saved weights: evaluate.py PREPARED WEIGHTS [--integer] PART...   (parts: held dev uner re3d)"""

import pickle
import sys

from score import report
from soften import load


def main():
    arguments = [a for a in sys.argv[1:] if a != "--integer"]
    prepared, weights, *parts = arguments
    data = pickle.load(open(prepared, "rb"))
    model = load(weights, data)
    model.integer("--integer" in sys.argv)
    for part in parts:
        print(report(model, data, [part]), flush=True)


if __name__ == "__main__":
    main()
