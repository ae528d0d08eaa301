"""Writes the asset: a header in JSON and tensors, each at a multiple of 64 bytes.

    export_pairs.py WEIGHTS THRESHOLDS OUT

Layout as the recognizer's (`../recognizer/export.py`), with `RSPAIRS` and a zero byte first. THRESHOLDS is
the JSON file that `choose.py` leaves: for each kind the least probability that is stated, and the
temperature that the scores are divided by.
"""

import json
import struct
import sys

import numpy as np
import torch

from pair_network import BETWEEN, DISTANCES, STATUSES, WIDTH
from encode import TAP
from labels import LABELS
from export import ALIGNMENT, integers
from network import HEADS, HIDDEN, INNER

PLAIN = ("head", "tail", "key", "value", "ask", "inner", "label", "status", "norm")
LARGE = 10000
"""Matrices with more numbers are kept in bytes; the program makes floats of those of the head again."""


def tensors_of(state, layers):
    """Name to array, in the file's order."""
    out = {"mark": state["mark.weight"], "distance": state["distance.weight"]}
    for name in PLAIN:
        weight = state[f"{name}.weight"]
        out[f"{name}.weight"], out[f"{name}.bias"] = weight, state[f"{name}.bias"]
        if weight.numel() > LARGE:
            out[f"{name}.weight"], out[f"{name}.scale"] = integers(weight)
    for n in range(layers):
        for part in ("qkv", "out", "norm1", "ffn1", "ffn2", "norm2"):
            weight, name = state[f"layers.{n}.{part}.weight"], f"layer{n}.{part}"
            if weight.ndim == 2:
                out[f"{name}.weight"], out[f"{name}.scale"] = integers(weight)
            else:
                out[f"{name}.weight"] = weight
            out[f"{name}.bias"] = state[f"layers.{n}.{part}.bias"]
    return {k: v if isinstance(v, np.ndarray) else v.float().numpy() for k, v in out.items()}


def write(path, state, choices):
    """Writes the asset of a network's state."""
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    arrays = tensors_of(state, layers)
    names = {np.dtype(np.int8): "i8", np.dtype(np.float32): "f32"}
    header = {
        "layers": layers, "hidden": HIDDEN, "heads": HEADS, "ffn": INNER, "width": WIDTH,
        "labels": LABELS, "statuses": STATUSES, "distances": DISTANCES, "between": BETWEEN, "tap": TAP,
        "temperature": choices["temperature"], "thresholds": choices["thresholds"], "tensors": {},
    }
    room = len(json.dumps(header)) + sum(len(k) + 80 for k in arrays)
    at = -(-(16 + room) // ALIGNMENT) * ALIGNMENT
    for name, array in arrays.items():
        header["tensors"][name] = {"dtype": names[array.dtype], "shape": list(array.shape), "offset": at}
        at = -(-(at + array.nbytes) // ALIGNMENT) * ALIGNMENT
    text = json.dumps(header).encode()
    with open(path, "wb") as out:
        out.write(b"RSPAIRS\0" + struct.pack("<II", 1, len(text)) + text)
        for name, array in arrays.items():
            out.write(b"\0" * (header["tensors"][name]["offset"] - out.tell()))
            out.write(np.ascontiguousarray(array).tobytes())
    return at


def main():
    weights, thresholds, out = sys.argv[1:]
    print(write(out, torch.load(weights), json.load(open(thresholds))), "bytes")


if __name__ == "__main__":
    main()
