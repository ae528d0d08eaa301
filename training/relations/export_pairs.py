"""Writes the asset of the network that reads relations: a header in JSON and tensors, each at a multiple
of 64 bytes.

    export_pairs.py WEIGHTS OUT [--thresholds FILE.json] [--temperature T]

FILE.json gives for each label the probability from which it is said; without it all have 0.5. Layout:
`RSPAIRS` and a zero byte, version and header length as little-endian u32, header, tensors. Matrices of
the layers are integers of one byte with one scale for each row, all else is 32-bit floats.
"""

import argparse
import json
import os
import struct
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "recognizer"))
from export import ALIGNMENT, integers  # noqa: E402
from network import HEADS, HIDDEN, INNER  # noqa: E402
from pair_network import BETWEEN, DISTANCES, STATUSES, WIDTH  # noqa: E402
from passages import LABELS  # noqa: E402

DENSE = ("head", "tail", "key", "value", "ask", "inner", "label", "status")


def tensors_of(state):
    """Name to array, in the file's order."""
    layers = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    out = {"mark": state["mark.weight"], "distance": state["distance.weight"]}
    out["norm.weight"], out["norm.bias"] = state["norm.weight"], state["norm.bias"]
    for n in range(layers):
        for part in ("qkv", "out", "norm1", "ffn1", "ffn2", "norm2"):
            weight, name = state[f"layers.{n}.{part}.weight"], f"layer{n}.{part}"
            out[f"{name}.weight"] = weight
            if weight.ndim == 2:
                out[f"{name}.weight"], out[f"{name}.scale"] = integers(weight)
            out[f"{name}.bias"] = state[f"layers.{n}.{part}.bias"]
    for name in DENSE:
        out[f"{name}.weight"], out[f"{name}.bias"] = state[f"{name}.weight"], state[f"{name}.bias"]
    return layers, {k: v if isinstance(v, np.ndarray) else v.float().numpy() for k, v in out.items()}


def write(path, state, thresholds, temperature):
    """Writes the asset of a network's state; gives its size."""
    layers, arrays = tensors_of(state)
    names = {np.dtype(np.int8): "i8", np.dtype(np.float32): "f32"}
    header = {
        "layers": layers, "hidden": HIDDEN, "heads": HEADS, "ffn": INNER, "width": WIDTH,
        "labels": LABELS, "statuses": STATUSES, "distances": DISTANCES, "between": BETWEEN,
        "thresholds": thresholds, "temperature": temperature, "tensors": {},
    }
    room = len(json.dumps(header)) + sum(len(k) + 80 for k in arrays)
    at = -(-(16 + room) // ALIGNMENT) * ALIGNMENT
    for name, array in arrays.items():
        shape = list(array.shape)
        header["tensors"][name] = {"dtype": names[array.dtype], "shape": shape, "offset": at}
        at = -(-(at + array.nbytes) // ALIGNMENT) * ALIGNMENT
    text = json.dumps(header).encode()
    with open(path, "wb") as out:
        out.write(b"RSPAIRS\0" + struct.pack("<II", 1, len(text)) + text)
        for name, array in arrays.items():
            out.write(b"\0" * (header["tensors"][name]["offset"] - out.tell()))
            out.write(np.ascontiguousarray(array).tobytes())
    return at


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("weights")
    p.add_argument("out")
    p.add_argument("--thresholds")
    p.add_argument("--temperature", type=float, default=1.0)
    args = p.parse_args()
    thresholds = {label: 0.5 for label in LABELS[1:]}
    if args.thresholds:
        thresholds.update(json.load(open(args.thresholds, encoding="utf-8")))
    print(write(args.out, torch.load(args.weights), thresholds, args.temperature), "bytes")


if __name__ == "__main__":
    main()
