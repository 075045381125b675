"""Networks as ONNX graphs with weights of eight bits, and the vectors of pieces beside them.

Written out by hand rather than traced: the graph takes the vectors of pieces, so that encoder and
ranker share one table of them, and it holds nothing but what ONNX Runtime fuses.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from index.onnx_runtime import quantization

Array = NDArray[np.float32]
_OPSET = 20
_IR = 9
_EPSILON = 1e-12
_BYTE = 127


class _Graph:
    """Nodes and constants in the order in which they are needed, from the weights by name."""

    def __init__(self, weights: Mapping[str, Array], heads: int) -> None:
        self.weights = weights
        self.heads = heads
        self.width = weights["pos.weight"].shape[1]
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def numbers(self, *values: int) -> str:
        name = "n" + "_".join(map(str, values))
        return self.constant(name, np.array(values, dtype=np.int64))

    def node(
        self,
        kind: str,
        *inputs: str,
        output: str | None = None,
        **attributes: list[int] | float,
    ) -> str:
        name = output or f"{kind}{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [name], name=name, **attributes)  # type: ignore[arg-type] # it takes any attribute
        self.nodes.append(node)
        return name

    def linear(self, states: str, name: str) -> str:
        return self.product(
            states, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        )

    def product(self, states: str, name: str, weight: Array, bias: Array) -> str:
        product = self.node("MatMul", states, self.constant(f"{name}.weight", weight.T))
        return self.node("Add", product, self.constant(f"{name}.bias", bias))

    def norm(self, states: str, name: str) -> str:
        scale = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        shift = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.node("LayerNormalization", states, scale, shift, axis=-1, epsilon=_EPSILON)


def encoder_graph(state: Mapping[str, Tensor], heads: int = 12) -> onnx.ModelProto:
    """Return the encoder: `words` (b, l, width) and `mask` (b, l) to `vectors` (b, width).

    The mask is 0 where there is a piece and -10,000 where there is padding.
    """
    graph = _Graph(_arrays(state), heads)
    states = _encoded(graph, segments=None)
    kept = graph.node("Cast", graph.node("Greater", "mask", _bound(graph)), to=TensorProto.FLOAT)
    shown = graph.node("Mul", states, graph.node("Unsqueeze", kept, graph.numbers(2)))
    total = graph.node("ReduceSum", shown, graph.numbers(1), keepdims=0)
    count = graph.node("ReduceSum", kept, graph.numbers(1), keepdims=1)
    mean = graph.node("Div", total, count)
    graph.node("LpNormalization", mean, output="vectors", axis=-1, p=2)
    return _model(graph, "encoder", ["mask"], "vectors", ["batch", graph.width])


def ranker_graph(state: Mapping[str, Tensor], heads: int = 12) -> onnx.ModelProto:
    """Return the ranker: as the encoder, with `segments` (b, l), to `logits` (b, l, 3).

    Of the three, the first is read at the mark of a sentence, the others at a span's two ends.
    """
    plain = _arrays(state)
    weights = {name.removeprefix("enc."): value for name, value in plain.items()}
    graph = _Graph(weights, heads)
    states = _encoded(graph, segments="segments")
    weight = np.concatenate([weights["score.weight"], weights["span.weight"]])
    bias = np.concatenate([weights["score.bias"], weights["span.bias"]])
    product = graph.node("MatMul", states, graph.constant("heads", weight.T))
    graph.node("Add", product, graph.constant("heads.bias", bias), output="logits")
    shape: list[str | int] = ["batch", "length", len(bias)]
    return _model(graph, "ranker", ["mask", "segments"], "logits", shape)


def write_model(
    directory: Path,
    name: str,
    tokenizer: str,
    encoder: Mapping[str, Tensor],
    ranker: Mapping[str, Tensor],
) -> None:
    """Write all files of the model, eight bits a weight, and their checksums."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    _write_pieces(directory / "pieces.npz", encoder["word.weight"].float().numpy())
    _write_graph(directory / "encoder.onnx", encoder_graph(encoder))
    _write_graph(directory / "ranker.onnx", ranker_graph(ranker))
    files = ("tokenizer.json", "pieces.npz", "encoder.onnx", "ranker.onnx")
    sums = {file: hashlib.sha256((directory / file).read_bytes()).hexdigest() for file in files}
    card = json.dumps({"name": name, "sha256": sums}, indent=1)
    (directory / "model.json").write_text(card + "\n", encoding="utf-8")


def _encoded(graph: _Graph, segments: str | None) -> str:
    shape = graph.node("Shape", "words")
    length = graph.node("Gather", shape, graph.numbers(1), axis=0)
    places = graph.constant("pos", graph.weights["pos.weight"])
    near = graph.node("Slice", places, graph.numbers(0), length, graph.numbers(0))
    first, second = graph.weights["seg.weight"]
    states = graph.node("Add", graph.node("Add", "words", near), graph.constant("seg", first))
    if segments:
        flags = graph.node("Unsqueeze", segments, graph.numbers(2))
        step = graph.node("Mul", flags, graph.constant("seg.step", second - first))
        states = graph.node("Add", states, step)
    states = graph.norm(states, "norm")
    hidden = graph.node("Unsqueeze", "mask", graph.numbers(1, 2))
    layer = 0
    while f"layers.{layer}.up.weight" in graph.weights:
        states = _layer(graph, f"layers.{layer}", states, hidden)
        layer += 1
    return states


def _layer(graph: _Graph, name: str, states: str, hidden: str) -> str:
    size = graph.width // graph.heads
    together = graph.weights[f"{name}.qkv.weight"], graph.weights[f"{name}.qkv.bias"]
    parts = []
    for part, weight, bias in zip(
        ("query", "key", "value"), *(np.split(x, 3) for x in together), strict=True
    ):
        scale = size**-0.5 if part == "query" else 1.0
        seen = graph.product(states, f"{name}.{part}", weight * scale, bias * scale)
        seen = graph.node("Reshape", seen, graph.numbers(0, 0, graph.heads, size))
        order = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
        parts.append(graph.node("Transpose", seen, perm=order))
    query, key, value = parts
    scores = graph.node("Add", graph.node("MatMul", query, key), hidden)
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    mixed = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    mixed = graph.node("Reshape", mixed, graph.numbers(0, 0, graph.width))
    mixed = graph.linear(mixed, f"{name}.out")
    states = graph.norm(graph.node("Add", states, mixed), f"{name}.n1")
    inner = graph.node("Gelu", graph.linear(states, f"{name}.up"))
    inner = graph.linear(inner, f"{name}.down")
    return graph.norm(graph.node("Add", states, inner), f"{name}.n2")


def _bound(graph: _Graph) -> str:
    return graph.constant("bound", np.array(-1.0, dtype=np.float32))


def _arrays(state: Mapping[str, Tensor]) -> dict[str, Array]:
    return {name: value.detach().float().cpu().numpy() for name, value in state.items()}


def _model(
    graph: _Graph, name: str, flags: list[str], output: str, shape: list[str | int]
) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info("words", TensorProto.FLOAT, ["batch", "length", graph.width])
    ]
    inputs += [
        helper.make_tensor_value_info(flag, TensorProto.FLOAT, ["batch", "length"])
        for flag in flags
    ]
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)]
    built = helper.make_graph(graph.nodes, name, inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(
        built, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR
    )
    onnx.checker.check_model(model)
    return model


def _write_graph(path: Path, model: onnx.ModelProto) -> None:
    """Quantise the linear layers; attention and the heads are small and lose by it."""
    constants = {constant.name for constant in model.graph.initializer}
    kept = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and (node.input[1] not in constants or node.input[1] == "heads")
    ]
    with tempfile.TemporaryDirectory() as directory:
        plain = Path(directory) / "plain.onnx"
        onnx.save(model, plain)
        quantization.quantize_dynamic(
            plain,
            path,
            per_channel=True,
            weight_type=quantization.QuantType.QInt8,
            nodes_to_exclude=kept,
            op_types_to_quantize=["MatMul"],
        )


def _write_pieces(path: Path, vectors: Array) -> None:
    scale = np.maximum(np.abs(vectors).max(axis=1), _EPSILON).astype(np.float32) / _BYTE
    table = np.round(vectors / scale[:, None]).astype(np.int8)
    np.savez(path, table=table, scale=scale)
