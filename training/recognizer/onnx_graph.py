"""Writes the shipped network as an ONNX graph, to compare runtimes on the same weights.

    onnx_graph.py [--plain] RECOGNIZER.bin OUT.onnx [OUT8.onnx]

In: `x` [1, T, 384], the sums of piece, place and features after their normalization. Out: `scores`
[1, T, labels]. OUT.onnx has 32-bit floats (the integers times their scales), OUT8.onnx has products of
bytes with inputs quantized while it runs. Needs `onnx` and, for the second file, `onnxruntime`. With
--plain the normalization of layers is written out, for runtimes that do not know it as one operator.
"""

import json
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def read(path):
    """(header, name to array)"""
    data = open(path, "rb").read()
    _, length = struct.unpack("<II", data[8:16])
    header = json.loads(data[16:16 + length])
    types = {"i8": np.int8, "f32": np.float32, "u8": np.uint8}
    arrays = {}
    for name, tensor in header["tensors"].items():
        count = int(np.prod(tensor["shape"]))
        array = np.frombuffer(data, types[tensor["dtype"]], count, tensor["offset"])
        arrays[name] = array.reshape(tensor["shape"])
    return header, arrays


class Graph:
    """Nodes and constants, in the order of the computation."""

    def __init__(self, arrays, plain):
        self.arrays, self.nodes, self.constants, self.count = arrays, [], [], 0
        self.plain = plain

    def constant(self, array):
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator, *inputs, outputs=1, **attributes):
        self.count += 1
        names = [f"v{self.count}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x, name):
        weight = self.arrays[f"{name}.weight"].astype(np.float32)
        if f"{name}.scale" in self.arrays:
            weight = weight * self.arrays[f"{name}.scale"][:, None]
        product = self.add("MatMul", x, self.constant(weight.T))
        return self.add("Add", product, self.constant(self.arrays[f"{name}.bias"]))

    def normalize(self, x, name):
        weight, bias = (self.constant(self.arrays[f"{name}.{part}"]) for part in ("weight", "bias"))
        if not self.plain:
            return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)
        centered = self.add("Sub", x, self.add("ReduceMean", x, axes=[-1], keepdims=1))
        square = self.add("ReduceMean", self.add("Mul", centered, centered), axes=[-1], keepdims=1)
        deviation = self.add("Sqrt", self.add("Add", square, self.constant(np.float32(1e-12))))
        scaled = self.add("Mul", self.add("Div", centered, deviation), weight)
        return self.add("Add", scaled, bias)

    def gelu(self, x):
        share = self.add("Erf", self.add("Mul", x, self.constant(np.float32(0.5 ** 0.5))))
        share = self.add("Add", share, self.constant(np.float32(1)))
        return self.add("Mul", self.add("Mul", x, share), self.constant(np.float32(0.5)))

    def layer(self, x, index, heads, hidden):
        name = f"layer{index}"
        shape = self.constant(np.array([1, -1, heads, hidden // heads], np.int64))
        sizes = self.constant(np.array([hidden] * 3, np.int64))
        parts = self.add("Split", self.linear(x, f"{name}.qkv"), sizes, outputs=3, axis=-1)
        orders = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
        query, key, value = (
            self.add("Transpose", self.add("Reshape", part, shape), perm=order)
            for part, order in zip(parts, orders)
        )
        sharpness = self.constant(np.float32((hidden // heads) ** -0.5))
        weights = self.add("Softmax", self.add("Mul", self.add("MatMul", query, key), sharpness), axis=-1)
        found = self.add("Transpose", self.add("MatMul", weights, value), perm=[0, 2, 1, 3])
        found = self.add("Reshape", found, self.constant(np.array([1, -1, hidden], np.int64)))
        x = self.normalize(self.add("Add", x, self.linear(found, f"{name}.out")), f"{name}.norm1")
        wide = self.gelu(self.linear(x, f"{name}.ffn1"))
        return self.normalize(self.add("Add", x, self.linear(wide, f"{name}.ffn2")), f"{name}.norm2")


def main():
    paths = [argument for argument in sys.argv[1:] if argument != "--plain"]
    header, arrays = read(paths[0])
    graph = Graph(arrays, "--plain" in sys.argv)
    x = "x"
    for index in range(header["layers"]):
        x = graph.layer(x, index, header["heads"], header["hidden"])
    scores = graph.linear(x, "head")
    graph.nodes[-1].output[0] = scores = "scores"
    value = helper.make_tensor_value_info
    inputs = [value("x", TensorProto.FLOAT, [1, "T", header["hidden"]])]
    outputs = [value(scores, TensorProto.FLOAT, [1, "T", len(header["labels"])])]
    whole = helper.make_graph(graph.nodes, "recognizer", inputs, outputs, graph.constants)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, paths[1])
    if len(paths) > 2:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            paths[1], paths[2], op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8,
            per_channel=True, extra_options={"MatMulConstBOnly": True},
        )
        # Shapes that the quantization guessed, "T" among them, keep runtimes from fixing a length.
        quantized = onnx.load(paths[2])
        del quantized.graph.value_info[:]
        onnx.save(quantized, paths[2])


if __name__ == "__main__":
    main()
