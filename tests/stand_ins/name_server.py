"""A name server on loopback that knows one name."""

import socketserver
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address

_HEADER = struct.Struct("!6H")
_ANSWER_FLAGS, _NO_SUCH_NAME = 0x8180, 0x8183
_ADDRESS, _INTERNET = 1, 1


@contextmanager
def name_server(name: str, addresses: Sequence[str]) -> Iterator[str]:
    """Where it listens, as the proxy writes an address."""

    class Asked(socketserver.BaseRequestHandler):
        """Answers one question."""

        def handle(self) -> None:
            """Give every address of the name, and nothing for other names."""
            packet, answering = self.request
            answering.sendto(_answer(packet, name, addresses), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Asked) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"udp/127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _answer(packet: bytes, name: str, addresses: Sequence[str]) -> bytes:
    number = struct.unpack_from("!H", packet)[0]
    end = packet.index(b"\0", _HEADER.size) + 5
    question = packet[_HEADER.size : end]
    labels, (kind, _) = question[:-4], struct.unpack("!HH", question[-4:])
    wanted = b"".join(bytes([len(one)]) + one.encode() for one in name.split(".")) + b"\0"
    if labels.lower() != wanted:
        return _HEADER.pack(number, _NO_SUCH_NAME, 1, 0, 0, 0) + question
    found = addresses if kind == _ADDRESS else ()
    # 0xC00C points back at the name of the question.
    records = [
        struct.pack("!HHHIH", 0xC00C, _ADDRESS, _INTERNET, 1, 4) + IPv4Address(one).packed
        for one in found
    ]
    return _HEADER.pack(number, _ANSWER_FLAGS, 1, len(records), 0, 0) + question + b"".join(records)
