"""A router that tells by BMP (RFC 7854), for tests: one neighbour, its routes before the policy."""

import ipaddress
import socket
import struct
import time


def nlri(prefix: str) -> bytes:
    network = ipaddress.ip_network(prefix)
    return bytes([network.prefixlen]) + network.network_address.packed[: (network.prefixlen + 7) // 8]


def bgp(kind: int, body: bytes) -> bytes:
    return b"\xff" * 16 + struct.pack("!HB", 19 + len(body), kind) + body


def opened(asn: int, identifier: str) -> bytes:
    capabilities = bytes([1, 4, 0, 1, 0, 1]) + bytes([65, 4]) + struct.pack("!I", asn)
    parameters = bytes([2, len(capabilities)]) + capabilities
    return bgp(1, struct.pack("!BHH4sB", 4, min(asn, 23456), 180, socket.inet_aton(identifier), len(parameters)) + parameters)


def update(announce: list[str], withdraw: list[str], path: list[int], next_hop: str) -> bytes:
    withdrawn = b"".join(nlri(each) for each in withdraw)
    attributes = b""
    if announce:
        segment = bytes([2, len(path)]) + b"".join(struct.pack("!I", asn) for asn in path)
        attributes = bytes([0x40, 1, 1, 0]) + bytes([0x40, 2, len(segment)]) + segment
        attributes += bytes([0x40, 3, 4]) + socket.inet_aton(next_hop)
    body = struct.pack("!H", len(withdrawn)) + withdrawn + struct.pack("!H", len(attributes)) + attributes
    return bgp(2, body + b"".join(nlri(each) for each in announce))


class Router:
    def __init__(self, port: int, name: str = "core1", neighbour: str = "198.51.100.2", asn: int = 3001):
        self.neighbour, self.asn = neighbour, asn
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.send(4, struct.pack("!HH", 2, len(name)) + name.encode() + struct.pack("!HH", 1, 4) + b"test")
        up = b"\0" * 12 + socket.inet_aton("198.51.100.1") + struct.pack("!HH", 179, 40000)
        self.send(3, self.peer(0) + up + opened(64500, "192.0.2.1") + opened(asn, "192.0.2.2"))

    def peer(self, flags: int) -> bytes:
        now = time.time()
        address = b"\0" * 12 + socket.inet_aton(self.neighbour)
        return struct.pack("!BB8s", 0, flags, b"\0" * 8) + address + struct.pack(
            "!I4sII", self.asn, socket.inet_aton("192.0.2.2"), int(now), int(now % 1 * 1e6)
        )

    def send(self, kind: int, body: bytes) -> None:
        self.socket.sendall(struct.pack("!BIB", 3, 6 + len(body), kind) + body)

    def announce(self, prefix: str, path: list[int], post: bool = False) -> None:
        self.send(0, self.peer(0x40 if post else 0) + update([prefix], [], [self.asn] + path, self.neighbour))

    def withdraw(self, prefix: str, post: bool = False) -> None:
        self.send(0, self.peer(0x40 if post else 0) + update([], [prefix], [], self.neighbour))

    def end_of_rib(self) -> None:
        self.send(0, self.peer(0) + update([], [], [], self.neighbour))

    def garbage(self) -> None:
        self.socket.sendall(b"\x09not a BMP message at all")

    def close(self) -> None:
        self.socket.close()
