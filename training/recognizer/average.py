"""Writes the mean of several networks' weights: average.py OUT WEIGHTS...

Networks that began from the same weights and saw the same data in other orders lie in one valley; their
mean is a little better than each.
"""

import sys

import torch


def mean(paths):
    """The mean of saved states."""
    states = [torch.load(path, map_location="cpu") for path in paths]
    return {k: sum(s[k].float() for s in states) / len(states) for k in states[0]}


if __name__ == "__main__":
    torch.save(mean(sys.argv[2:]), sys.argv[1])
