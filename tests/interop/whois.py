#!/usr/bin/env python3
"""Interoperation: bgpq4 as Debian ships it, and plain whois queries, against `fairway serve whois` on the loopback.

Usage: whois.py FAIRWAY. Exit code 77: there is no bgpq4 to ask with.
"""

import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

RIPE = """
as-set: AS-EXAMPLE
members: AS64496, AS196608, AS-CUSTOMER
source: RIPE

as-set: AS-CUSTOMER
members: AS196609
members: AS-EXAMPLE
source: RIPE

route-set: RS-EXAMPLE
members: 203.0.113.0/24^25-26, RS-OTHER
source: RIPE

route-set: RS-OTHER
members: 198.51.100.0/24
source: RIPE

route: 192.0.2.0/25
origin: AS196608
source: RIPE

route: 192.0.2.128/25
origin: AS196608
source: RIPE

route: 198.51.100.0/24
origin: AS196609
source: RIPE

route6: 2001:db8::/32
origin: AS196608
source: RIPE
"""
RADB = """
as-set: AS-EXAMPLE
members: AS196610
source: RADB

route: 203.0.113.0/24
origin: AS196610
source: RADB

route: 192.0.2.0/24
origin: AS196608
source: RADB
"""

# bgpq4's arguments, and what it must print (-F: one prefix a line).
EACH = ["-F", r"%n/%l\n"]
EXPANSIONS = [
    (["-4", *EACH, "AS-EXAMPLE"], ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.128/25", "198.51.100.0/24"]),
    (["-6", *EACH, "AS-EXAMPLE"], ["2001:db8::/32"]),
    (["-4", "-S", "RIPE", *EACH, "AS-EXAMPLE"], ["192.0.2.0/25", "192.0.2.128/25", "198.51.100.0/24"]),
    (["-4", "-S", "RADB,RIPE", *EACH, "AS-EXAMPLE"], ["203.0.113.0/24"]),
    (["-4", "-T", *EACH, "AS-EXAMPLE"], ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.128/25", "198.51.100.0/24"]),
    (["-4", "-L", "1", *EACH, "AS-EXAMPLE"], ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.128/25"]),
    (["-4", *EACH, "AS196609"], ["198.51.100.0/24"]),
    (["-4", *EACH, "AS-EXAMPLE", "EXCEPT", "AS-CUSTOMER"], ["192.0.2.0/24", "192.0.2.0/25", "192.0.2.128/25"]),
    (["-4", *EACH, "RADB::AS-EXAMPLE"], ["203.0.113.0/24"]),
    (["-4", *EACH, "RS-OTHER"], ["198.51.100.0/24"]),
    (["-4", *EACH, "AS-MISSING"], []),
]
# Whole outputs: arguments, and a sentence that must stand in it.
OUTPUTS = [
    (["-4", "-j", "-A", "-S", "RIPE", "-l", "x", "AS196608"], '"prefix": "192.0.2.0\\/24", "exact": false'),
    (["-t", "-b", "-l", "x", "AS-EXAMPLE"], "196608, 196609"),
    (["-t", "-p", "-b", "-l", "x", "AS-EXAMPLE"], "64496, 196608, 196609"),
    (["-4", "-b", "-l", "x", "RS-EXAMPLE"], "203.0.113.0/25, 203.0.113.0/26, 203.0.113.64/26, 203.0.113.128/25"),
]
# Plain queries on one connection, and what comes back.
QUERIES = "!!\n!nplain\n!a\n!s-lc\n!gAS196609\n!iAS-EXAMPLE,1\n!r192.0.2.0/24,o\n!gAS1\n!mas-set,AS-CUSTOMER\n-x 192.0.2.0/25\n!q\n"
ANSWERS = (
    "C\nF Missing required set name for A query\nA10\nRIPE,RADB\nC\nA16\n198.51.100.0/24\nC\n"
    "A26\nAS64496 AS196608 AS196609\nC\nA9\nAS196608\nC\nD\n"
    "A71\nas-set: AS-CUSTOMER\nmembers: AS196609\nmembers: AS-EXAMPLE\nsource: RIPE\nC\n"
    "route: 192.0.2.0/25\norigin: AS196608\nsource: RIPE\n\n\n"
)


def ask(host: str, port: int, text: str) -> str:
    with socket.create_connection((host, port), timeout=20) as connection:
        connection.sendall(text.encode())
        answer = b""
        while octets := connection.recv(65536):
            answer += octets
    return answer.decode()


def check(address: str) -> list[str]:
    host, port = address.rsplit(":", 1)
    broken = []
    answer = ask(host, int(port), QUERIES)
    if answer != ANSWERS:
        broken.append(f"plain queries:\n--- expected\n{ANSWERS}\n--- got\n{answer}")
    for arguments, expected in EXPANSIONS:
        result = subprocess.run(["bgpq4", "-h", address, *arguments], capture_output=True, text=True, timeout=60)
        lines = sorted(result.stdout.split())
        if lines != sorted(expected) or result.returncode != 0:
            broken.append(f"bgpq4 {' '.join(arguments)}: {lines}, expected {expected}: {result.stderr}")
    for arguments, sentence in OUTPUTS:
        result = subprocess.run(["bgpq4", "-h", address, *arguments], capture_output=True, text=True, timeout=60)
        if sentence not in re.sub(r"\s+", " ", result.stdout):
            broken.append(f"bgpq4 {' '.join(arguments)}: '{sentence}' is not in\n{result.stdout}{result.stderr}")
    # Many at once, each on its own connection.
    clients = [
        subprocess.Popen(["bgpq4", "-h", address, "-4", *EACH, "AS-EXAMPLE"], stdout=subprocess.PIPE, text=True)
        for _ in range(20)
    ]
    if len({client.communicate(timeout=60)[0] for client in clients}) != 1:
        broken.append("clients at the same time are answered differently")
    return broken


def main() -> None:
    if shutil.which("bgpq4") is None:
        print("skipped: bgpq4 is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("ripe.db", RIPE), ("radb.db", RADB)):
            (pathlib.Path(folder) / name).write_text(text)
        server = subprocess.Popen(
            [sys.argv[1], "serve", "whois", "--listen", "127.0.0.1:0", "--data", folder], stderr=subprocess.PIPE, text=True
        )
        try:
            line = ""
            while "listening on " not in line:
                line = server.stderr.readline()
                if not line:
                    sys.exit("the server did not start")
            broken = check(re.search(r"listening on (\S+),", line)[1])
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=20)
        if code != 0:
            broken.append(f"the server ended with {code}")
    print("\n".join(broken) if broken else "ok")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
