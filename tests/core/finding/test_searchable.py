"""What a server is found by."""

from catalogues import GMAIL
from outfitter.core.catalogue import Tool
from outfitter.core.finding.searchable import texts_of


def test_a_tool_is_embedded_with_the_title_of_its_server() -> None:
    tool = Tool(name="search_mail", description="Finds messages.")
    texts = texts_of(GMAIL.model_copy(update={"tools": (tool,)}))
    assert texts == ("Gmail", GMAIL.description, "Gmail search mail: Finds messages.")
