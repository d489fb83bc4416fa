"""The web application as the settings make it."""

from pathlib import Path

import pytest

from outfitter import wiring
from outfitter.settings import Settings


@pytest.mark.parametrize("docs", [True, False])
def test_the_contract_is_shown_unless_that_is_switched_off(tmp_path: Path, docs: bool) -> None:  # noqa: FBT001 - a case
    settings = Settings(_env_file=None, data_dir=tmp_path, docs=docs)
    app = wiring.application(settings, "postgresql://outfitter_api@127.0.0.1:1/outfitter")

    assert (app.openapi_url is not None) is docs
