"""The sentence model that ships is the one its script makes."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import outfitter

ROOT = Path(__file__).parents[1]


def test_the_shipped_model_is_what_its_script_makes(tmp_path: Path) -> None:
    spec = spec_from_file_location("sentence_model", ROOT / "scripts" / "sentence_model.py")
    assert spec
    assert spec.loader
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(tmp_path)
    shipped = Path(outfitter.__file__).parent / "sentences"
    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (shipped / made.name).read_bytes(), made.name
