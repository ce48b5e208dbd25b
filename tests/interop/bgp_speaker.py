"""A small BGP speaker that asks routers questions: it announces what it is told to, and remembers what it hears.

RFC 4271 with four-octet ASNs (RFC 6793), multiprotocol IPv6 (RFC 4760), large communities (RFC 8092) and roles
(RFC 9234). Sessions are opened from the neighbour's address; nothing is checked, for what is sent is often wrong on
purpose.
"""

import ipaddress
import select
import socket
import struct
import threading
import time

ROLES = {"customer": 3, "provider": 0, "peer": 4, "rs": 1, "rs-client": 2}  # what the speaker itself is
TCP_MD5SIG = 14


def attribute(kind, value, flags=0x40):
    if len(value) > 255:
        return struct.pack("!BBH", flags | 0x10, kind, len(value)) + value
    return struct.pack("!BBB", flags, kind, len(value)) + value


def nlri(prefix):
    network = ipaddress.ip_network(prefix)
    return bytes([network.prefixlen]) + network.network_address.packed[: (network.prefixlen + 7) // 8]


def as_path(path):
    """A list of ASNs; a list in it is an AS_SET."""
    octets, sequence = b"", []

    def flush():
        nonlocal octets, sequence
        for i in range(0, len(sequence), 255):
            part = sequence[i : i + 255]
            octets += struct.pack("!BB", 2, len(part)) + b"".join(struct.pack("!I", asn) for asn in part)
        sequence = []

    for element in path:
        if isinstance(element, list):
            flush()
            octets += struct.pack("!BB", 1, len(element)) + b"".join(struct.pack("!I", asn) for asn in element)
        else:
            sequence.append(element)
    flush()
    return octets


def numbers(text):
    return [int(part) for part in text.split(":")]


def update(route):
    """The UPDATE of a route: prefix, path, next_hop, communities, large_communities, otc."""
    octets = attribute(1, b"\0") + attribute(2, as_path(route["path"]))
    hop = ipaddress.ip_address(route["next_hop"]).packed
    ipv6 = ":" in route["prefix"]
    if not ipv6:
        octets += attribute(3, hop)
    if route.get("communities"):
        octets += attribute(8, b"".join(struct.pack("!HH", *numbers(c)) for c in route["communities"]), 0xC0)
    if ipv6:
        octets += attribute(14, struct.pack("!HBB", 2, 1, 16) + hop + b"\0" + nlri(route["prefix"]), 0x80)
    if route.get("large_communities"):
        octets += attribute(32, b"".join(struct.pack("!III", *numbers(c)) for c in route["large_communities"]), 0xC0)
    if route.get("otc") is not None:
        octets += attribute(35, struct.pack("!I", route["otc"]), 0xC0)
    return message(2, b"\0\0" + struct.pack("!H", len(octets)) + octets + (b"" if ipv6 else nlri(route["prefix"])))


def withdrawal(prefix):
    if ":" in prefix:
        octets = attribute(15, struct.pack("!HB", 2, 1) + nlri(prefix), 0x80)
        return message(2, b"\0\0" + struct.pack("!H", len(octets)) + octets)
    withdrawn = nlri(prefix)
    return message(2, struct.pack("!H", len(withdrawn)) + withdrawn + b"\0\0")


def message(kind, body):
    return b"\xff" * 16 + struct.pack("!HB", 19 + len(body), kind) + body


def read_prefixes(octets, ipv6):
    prefixes, size = [], 16 if ipv6 else 4
    while octets:
        length = octets[0]
        held = (length + 7) // 8
        address = octets[1 : 1 + held].ljust(size, b"\0")
        prefixes.append(f"{ipaddress.ip_address(address)}/{length}")
        octets = octets[1 + held :]
    return prefixes


class Session:
    """One session. `heard`: the prefixes that the router announces, each with its large communities."""

    def __init__(self, local, remote, asn, role=None, gtsm=False, secret=None):
        self.local, self.remote, self.asn, self.role = local, remote, asn, role
        self.gtsm, self.secret = gtsm, secret
        self.heard, self.up, self.notification = {}, False, None
        self.socket, self.stop = None, False
        self.lock = threading.Lock()

    def open(self, seconds=30):
        """Connects until the session stands; an error names what the router said."""
        end = time.monotonic() + seconds
        last = "nothing was heard"
        while time.monotonic() < end:
            try:
                self._connect()
                break
            except (OSError, ConnectionError) as error:
                last = f"{error} {self.notification or ''}"
                if self.socket:
                    self.socket.close()
                time.sleep(0.3)
        else:
            raise RuntimeError(f"no session from {self.local} to {self.remote}: {last}")
        self.up = True
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _connect(self):
        family = socket.AF_INET6 if ":" in self.local else socket.AF_INET
        self.notification = None
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        if self.secret:
            address = ipaddress.ip_address(self.remote)
            if family == socket.AF_INET:
                peer = struct.pack("=HH4s", family, 0, address.packed)
            else:
                peer = struct.pack("=HHI16sI", family, 0, 0, address.packed, 0)
            key = self.secret.encode()
            self.socket.setsockopt(
                socket.IPPROTO_TCP,
                TCP_MD5SIG,
                struct.pack("=128sBBHI80s", peer.ljust(128, b"\0"), 0, 0, len(key), 0, key),
            )
        if self.gtsm:
            if family == socket.AF_INET:
                self.socket.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 255)
            else:
                self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, 255)
        self.socket.settimeout(3)
        self.socket.bind((self.local, 0))
        self.socket.connect((self.remote, 179))
        safi = struct.pack("!HBB", 2 if ":" in self.local else 1, 0, 1)
        capabilities = bytes([1, 4]) + safi + bytes([2, 0]) + bytes([65, 4]) + struct.pack("!I", self.asn)
        if self.role is not None:
            capabilities += bytes([9, 1, ROLES[self.role]])
        optional = bytes([2, len(capabilities)]) + capabilities
        two = self.asn if self.asn < 65536 else 23456
        identifier = ipaddress.ip_address("10.255.0.0").packed[:2] + struct.pack("!H", two % 65000 + 1)
        self.socket.sendall(message(1, struct.pack("!BHH", 4, two, 90) + identifier + bytes([len(optional)]) + optional))
        kind = 0
        while kind != 4:  # KEEPALIVE: it took our OPEN
            kind, _ = self._read()
            if kind == 1:
                self.socket.sendall(message(4, b""))

    def _exactly(self, size):
        octets = b""
        while len(octets) < size:
            part = self.socket.recv(size - len(octets))
            if not part:
                raise ConnectionError("the router closed the session")
            octets += part
        return octets

    def _read(self):
        head = self._exactly(19)
        length, kind = struct.unpack("!HB", head[16:])
        body = self._exactly(length - 19)
        if kind == 3:
            self.notification = f"NOTIFICATION {body[0]}/{body[1]} {body[2:].hex()}"
            raise ConnectionError(self.notification)
        return kind, body

    def _listen(self):
        last = time.monotonic()
        try:
            while not self.stop:
                if time.monotonic() - last > 15:
                    self.send(message(4, b""))
                    last = time.monotonic()
                if not select.select([self.socket], [], [], 0.5)[0]:
                    continue
                kind, body = self._read()
                if kind == 2:
                    self._hear(body)
        except (OSError, ConnectionError):
            self.up = False

    def _hear(self, body):
        withdrawn_size = struct.unpack("!H", body[:2])[0]
        withdrawn = read_prefixes(body[2 : 2 + withdrawn_size], False)
        size = struct.unpack("!H", body[2 + withdrawn_size : 4 + withdrawn_size])[0]
        octets = body[4 + withdrawn_size : 4 + withdrawn_size + size]
        announced = read_prefixes(body[4 + withdrawn_size + size :], False)
        large = []
        while octets:
            flags, kind = octets[0], octets[1]
            wide = flags & 0x10
            length = struct.unpack("!H", octets[2:4])[0] if wide else octets[2]
            value = octets[4 if wide else 3 :][:length]
            octets = octets[(4 if wide else 3) + length :]
            if kind == 14 and value[:3] == b"\0\2\1":
                announced += read_prefixes(value[5 + value[3] :], True)
            elif kind == 15 and value[:3] == b"\0\2\1":
                withdrawn += read_prefixes(value[3:], True)
            elif kind == 32:
                large = [":".join(map(str, struct.unpack("!III", value[i : i + 12]))) for i in range(0, len(value), 12)]
        with self.lock:
            for prefix in withdrawn:
                self.heard.pop(prefix, None)
            for prefix in announced:
                self.heard[prefix] = large

    def prefixes(self):
        with self.lock:
            return dict(self.heard)

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except OSError as error:
            self.up = False
            raise RuntimeError(f"the session from {self.local} broke: {self.notification or error}") from error

    def close(self):
        self.stop = True
        if self.socket:
            self.socket.close()
