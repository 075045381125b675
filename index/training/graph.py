"""Networks as ONNX graphs with weights of eight bits, and the vectors of pieces beside them.

Written out by hand rather than traced: the graph takes the vectors of pieces, so that encoder and
ranker share one table of them, and it holds nothing but what ONNX Runtime fuses.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from index.onnx_runtime import quantization

Array = NDArray[np.float32]
_OPSET = 20
_FUSED = "com.microsoft"  # where ONNX Runtime has attention in one node
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
        **attributes: list[int] | float | str,
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
    hidden = graph.node("Unsqueeze", "mask", graph.numbers(1, 2))
    states = _begun(graph, segments=None)
    for name in _layers(graph):
        states = _layer(graph, name, states, states, hidden)
    kept = graph.node("Cast", graph.node("Greater", "mask", _bound(graph)), to=TensorProto.FLOAT)
    shown = graph.node("Mul", states, graph.node("Unsqueeze", kept, graph.numbers(2)))
    total = graph.node("ReduceSum", shown, graph.numbers(1), keepdims=0)
    count = graph.node("ReduceSum", kept, graph.numbers(1), keepdims=1)
    mean = graph.node("Div", total, count)
    graph.node("LpNormalization", mean, output="vectors", axis=-1, p=2)
    inputs = {"mask": _floats("batch", "length")}
    return _model(graph, "encoder", inputs, "vectors", ["batch", graph.width])


def ranker_graph(state: Mapping[str, Tensor], heads: int = 12) -> onnx.ModelProto:
    """Return the ranker: `words` and `segments` (b, l) to `logits` (b, end - begin, 3).

    Of the three, the first is read at the mark of a sentence, the others at a span's two ends. Only
    pieces from `begin` to `end` are judged, and rows have no padding: they are read one by one.
    """
    plain = _arrays(state)
    weights = {name.removeprefix("enc."): value for name, value in plain.items()}
    graph = _Graph(weights, heads)
    states = _begun(graph, segments="segments")
    *layers, last = _layers(graph)
    for name in layers:
        states = _layer(graph, name, states, states)
    # The last layer need not work out what nobody reads.
    own = graph.node("Slice", states, "begin", "end", graph.numbers(1))
    states = _layer(graph, last, own, states)
    weight = np.concatenate([weights["score.weight"], weights["span.weight"]])
    bias = np.concatenate([weights["score.bias"], weights["span.bias"]])
    product = graph.node("MatMul", states, graph.constant("heads", weight.T))
    graph.node("Add", product, graph.constant("heads.bias", bias), output="logits")
    inputs = {"segments": _floats("batch", "length"), "begin": _ONE_INTEGER, "end": _ONE_INTEGER}
    return _model(graph, "ranker", inputs, "logits", ["batch", "judged", len(bias)])


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


def _begun(graph: _Graph, segments: str | None) -> str:
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
    return graph.norm(states, "norm")


def _layers(graph: _Graph) -> list[str]:
    names = (f"layers.{number}" for number in itertools.count())
    return list(itertools.takewhile(lambda name: f"{name}.up.weight" in graph.weights, names))


def _layer(graph: _Graph, name: str, own: str, states: str, hidden: str | None = None) -> str:
    """Return what becomes of `own`, all or some of `states`; `hidden` are pieces of padding."""
    mixed = graph.linear(_attended(graph, name, own, states, hidden), f"{name}.out")
    own = graph.norm(graph.node("Add", own, mixed), f"{name}.n1")
    inner = graph.node("Gelu", graph.linear(own, f"{name}.up"))
    inner = graph.linear(inner, f"{name}.down")
    return graph.norm(graph.node("Add", own, inner), f"{name}.n2")


def _attended(graph: _Graph, name: str, own: str, states: str, hidden: str | None) -> str:
    size = graph.width // graph.heads
    together = graph.weights[f"{name}.qkv.weight"], graph.weights[f"{name}.qkv.bias"]
    weights, biases = (np.split(x, 3) for x in together)
    # Scores are divided beforehand.
    weights[0], biases[0] = weights[0] * size**-0.5, biases[0] * size**-0.5
    query, key, value = (
        graph.product(seen, f"{name}.{part}", weight, bias)
        for seen, part, weight, bias in zip(
            (own, states, states), ("query", "key", "value"), weights, biases, strict=True
        )
    )
    if hidden is None:
        # Takes two thirds of the time, but knows no padding of this form.
        return graph.node(
            "MultiHeadAttention",
            *(query, key, value),
            domain=_FUSED,
            num_heads=graph.heads,
            scale=1.0,
        )

    def by_head(seen: str, order: list[int]) -> str:
        parted = graph.node("Reshape", seen, graph.numbers(0, 0, graph.heads, size))
        return graph.node("Transpose", parted, perm=order)

    scores = graph.node("MatMul", by_head(query, [0, 2, 1, 3]), by_head(key, [0, 2, 3, 1]))
    shares = graph.node("Softmax", graph.node("Add", scores, hidden), axis=-1)
    mixed = graph.node("MatMul", shares, by_head(value, [0, 2, 1, 3]))
    mixed = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    return graph.node("Reshape", mixed, graph.numbers(0, 0, graph.width))


def _bound(graph: _Graph) -> str:
    return graph.constant("bound", np.array(-1.0, dtype=np.float32))


def _arrays(state: Mapping[str, Tensor]) -> dict[str, Array]:
    return {name: value.detach().float().cpu().numpy() for name, value in state.items()}


@dataclass(frozen=True, slots=True)
class _Input:
    type: int
    shape: tuple[str | int, ...]


def _floats(*shape: str | int) -> _Input:
    return _Input(TensorProto.FLOAT, shape)


_ONE_INTEGER = _Input(TensorProto.INT64, (1,))


def _model(
    graph: _Graph,
    name: str,
    others: Mapping[str, _Input],
    output: str,
    shape: list[str | int],
) -> onnx.ModelProto:
    named = {"words": _floats("batch", "length", graph.width), **others}
    inputs = [
        helper.make_tensor_value_info(known, each.type, each.shape) for known, each in named.items()
    ]
    outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)]
    built = helper.make_graph(graph.nodes, name, inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(
        built,
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR,
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
            # Behind attention in one node no type is known.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def _write_pieces(path: Path, vectors: Array) -> None:
    scale = np.maximum(np.abs(vectors).max(axis=1), _EPSILON).astype(np.float32) / _BYTE
    table = np.round(vectors / scale[:, None]).astype(np.int8)
    np.savez(path, table=table, scale=scale)
