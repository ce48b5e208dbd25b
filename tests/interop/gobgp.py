#!/usr/bin/env python3
"""Interoperation: tests/golden/filterconfig/gobgp-3.10.conf, loaded by gobgpd and asked by a real speaker.

Usage: gobgp.py [CONFIGURATION]. Exit code 77: it cannot be run here.

What filter.py cannot ask, for it probes exports with what its own imports let in: routes that only an export refuses,
which come from a neighbour whose import is lenient. The probes of tests/golden/filterconfig/probes.tsv are announced over BGP, VRPs are given over RTR: gobgpd must hold exactly
the routes that the document accepts, and announce to each neighbour exactly those that the document announces.
"""

import json
import pathlib
import socket
import struct
import sys
import threading

from bgp_speaker import Session, update, withdrawal
from namespaces import Lab, skip_without, wait_for

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden" / "filterconfig"
ROUTER4, ROUTER6, CACHE = "203.0.113.10", "2001:db8:ffff::10", "192.0.2.250"
# Of the document: neighbour, address, ASN, secret.
SESSIONS = [
    ("AS64510", "203.0.113.1", 64510, None),
    ("AS64510", "203.0.113.2", 64510, "s3cret"),
    ("AS64510", "2001:db8:ffff::1", 64510, None),
    ("AS64501", "203.0.113.3", 64501, None),
    ("AS64504", "203.0.113.4", 64504, "s3cret"),
    ("AS64504", "2001:db8:ffff::4", 64504, None),
    ("AS64505", "203.0.113.5", 64505, None),
    ("AS64505", "2001:db8:ffff::5", 64505, None),
]
BLACKHOLE = {"nexthop": "192.0.2.1", "community": 0xFFFFFF01}


def serve_vrps(vrps, asked):
    """An RTR cache (RFC 8210 section 5) that has `vrps` and tells everyone all of them, in the version it is asked in."""
    listener = socket.create_server((CACHE, 3323))

    def answer(connection):
        while True:
            head = connection.recv(8, socket.MSG_WAITALL)
            if len(head) < 8:
                return
            version, kind, _, length = struct.unpack("!BBHI", head)
            connection.recv(length - 8, socket.MSG_WAITALL) if length > 8 else None
            if kind not in (1, 2):  # serial query, reset query
                continue
            octets = struct.pack("!BBHI", version, 3, 7, 8)
            for prefix, most, asn in vrps:
                address, bits = prefix.split("/")
                octets += struct.pack("!BBHIBBBB", version, 4, 0, 20, 1, int(bits), most, 0)
                octets += socket.inet_aton(address) + struct.pack("!I", asn)
            end = struct.pack("!I", 1) + (struct.pack("!III", 3600, 600, 7200) if version else b"")
            connection.sendall(octets + struct.pack("!BBHI", version, 7, 7, 8 + len(end)) + end)
            asked.set()

    def listen():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()


def path_of(text):
    """ "64510 {64503} 64510" as the speaker takes it."""
    return [[int(asn) for asn in part[1:-1].split(",")] if part[0] == "{" else int(part) for part in text.split()]


class Probes:
    def __init__(self, text):
        rows = [line.split("\t") for line in text.splitlines()]
        self.vrps = [(prefix, int(most), int(asn)) for kind, prefix, most, asn in (r for r in rows if r[0] == "vrp")]
        self.own = [row[1] for row in rows if row[0] == "own"]
        self.imports, self.exports = [], [row[1:] for row in rows if row[0] == "export"]
        for row in (row for row in rows if row[0] == "import"):
            _, neighbour, prefix, path, hop, communities, large, keep, verdict, clause = row
            route = {"prefix": prefix, "path": path_of(path), "next_hop": hop}
            route["communities"] = [communities] if communities else []
            route["large_communities"] = [large] if large else []
            self.imports.append((neighbour, route, keep == "keep", verdict == "accepted", clause))

    def rounds(self):
        """Probes that can be announced at once: each prefix once in a round."""
        rest = [probe for probe in self.imports if not probe[2]]
        while rest:
            now, later, seen = [], [], set()
            for probe in rest:
                (later if probe[1]["prefix"] in seen else now).append(probe)
                seen.add(probe[1]["prefix"])
            yield now
            rest = later
        yield [probe for probe in self.imports if probe[2]]


class GoBgp:
    def __init__(self, lab, configuration):
        self.lab = lab
        path = lab.write("gobgpd.toml", configuration)
        api = ("--pprof-disable", "--api-hosts", "127.0.0.1:50051")
        # Its Go runtime was seen to end it while it moved a goroutine to a smaller stack.
        lab.start("gobgpd", "env", "GODEBUG=gcshrinkstackoff=1", "gobgpd", "-f", path, "-p", *api)

    def ask(self, *command):
        return self.lab.inside("gobgp", *command)

    def table(self, *command):
        """{prefix: paths} of both families."""
        routes = {}
        for family in ("ipv4", "ipv6"):
            text = self.lab.inside("gobgp", *command, "-a", family, "-j", check=False)
            if text.strip().startswith(("{", "[")):
                held = json.loads(text)
                for prefix, paths in held.items() if isinstance(held, dict) else ():
                    routes[prefix] = paths
        return routes


def attribute_of(path, kind, key):
    return [attr[key] for attr in path["attrs"] if attr["type"] == kind]


class Test:
    def __init__(self, lab, router, probes):
        self.lab, self.router, self.probes, self.wrong = lab, router, probes, 0
        self.sessions = {address: Session(address, ROUTER6 if ":" in address else ROUTER4, asn, None, True, secret)
                         for _, address, asn, secret in SESSIONS}

    def fail(self, text):
        self.wrong += 1
        print("FAIL", text)

    def session_for(self, neighbour, prefix):
        return next(self.sessions[address] for name, address, _, _ in SESSIONS
                    if name == neighbour and (":" in address) == (":" in prefix))

    def held_now(self):
        """What gobgpd has of its neighbours, and what it took in."""
        before = {}
        for address in self.sessions:
            for prefix in self.router.table("neighbor", address, "adj-in"):
                before[(address, prefix)] = True
        return before

    def imports(self):
        checked = 0
        for number, now in enumerate(self.probes.rounds()):
            wanted = set()
            for neighbour, route, _, _, _ in now:
                session = self.session_for(neighbour, route["prefix"])
                session.send(update(route))
                wanted.add((session.local, route["prefix"]))
            if not wait_for(lambda: set(self.held_now()) == wanted, 20, 0.3):
                self.fail(f"round {number}: gobgpd did not hear {sorted(wanted ^ set(self.held_now()))}")
            table = self.router.table("global", "rib")
            for neighbour, route, keep, accepted, clause in now:
                prefix = route["prefix"]
                held = [path for path in table.get(prefix, []) if path.get("neighbor-ip", "") != "<nil>"]
                held = [path for path in held if path["source-id"] != ROUTER4]
                checked += 1
                if bool(held) != accepted:
                    self.fail(f"{prefix} of {neighbour} by {route['path']} {route['communities']} "
                              f"{'is refused' if accepted else 'is accepted'} ({clause})")
                elif held:
                    self.attributes(neighbour, route, clause, held[0])
            if not now[0][2]:
                for neighbour, route, _, _, _ in now:
                    self.session_for(neighbour, route["prefix"]).send(withdrawal(route["prefix"]))
                if not wait_for(lambda: not self.held_now(), 20, 0.3):
                    self.fail(f"round {number}: withdrawals are not heard")
        return checked

    def attributes(self, neighbour, route, clause, path):
        prefix = route["prefix"]
        large = [":".join(str(c[k]) for k in ("ASN", "LocalData1", "LocalData2"))
                 for value in attribute_of(path, 32, "value") for c in value]
        plain = [c for value in attribute_of(path, 8, "communities") for c in value]
        if clause == "blackhole":
            hop = attribute_of(path, 3, "nexthop")
            if hop != [BLACKHOLE["nexthop"]] or BLACKHOLE["community"] not in plain:
                self.fail(f"{prefix} is no blackhole: {hop} {plain}")
            return
        mine = [c for c in large if c.startswith("64500:3:")]
        expected = ["64500:3:2" if neighbour == "AS64510" else "64500:3:3"]
        if mine != expected:
            self.fail(f"{prefix} of {neighbour} has {large}")
        preference = attribute_of(path, 5, "value")
        if (preference == [1]) != (route["communities"] == ["65535:0"]):
            self.fail(f"{prefix} has the preference {preference}")

    def exports(self):
        for prefix in self.probes.own:
            self.router.ask("global", "rib", "add", prefix, "-a", "ipv6" if ":" in prefix else "ipv4")
        expected = {}
        for neighbour, prefix, verdict, clause in self.probes.exports:
            expected.setdefault(self.session_for(neighbour, prefix).local, {})[prefix] = (verdict == "sent", clause)
        for address, routes in expected.items():
            sent = {prefix for prefix, (is_sent, _) in routes.items() if is_sent}
            session = self.sessions[address]
            wait_for(lambda: set(session.prefixes()) == sent, 15)
            for prefix in set(session.prefixes()) ^ sent:
                self.fail(f"{prefix} to {address}: {'not sent' if prefix in sent else 'sent'} "
                          f"({routes.get(prefix, ('', 'not in the document'))[1]})")
        return len(self.probes.exports)


def main():
    skip_without("gobgpd", "gobgp", "ip", "unshare")
    configuration = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else GOLDEN / "gobgp-3.10.conf").read_text()
    probes = Probes((GOLDEN / "probes.tsv").read_text())
    with Lab() as lab:
        for _, address, _, _ in SESSIONS:
            length = 64 if ":" in address else 24
            lab.run("ip", "address", "add", f"{address}/{length}", "dev", "probe", *(["nodad"] if length == 64 else []))
        lab.run("ip", "address", "add", f"{CACHE}/32", "dev", "lo")
        lab.inside("ip", "address", "add", f"{ROUTER4}/24", "dev", "router")
        lab.inside("ip", "address", "add", f"{ROUTER6}/64", "dev", "router", "nodad")
        lab.inside("ip", "route", "add", "default", "via", "203.0.113.1")
        asked = threading.Event()
        serve_vrps(probes.vrps, asked)
        router = GoBgp(lab, configuration)
        test = Test(lab, router, probes)
        for session in test.sessions.values():
            session.open()
        if not asked.wait(30):
            test.fail("gobgpd did not ask for VRPs")
        if not wait_for(lambda: len(router.ask("rpki", "table").splitlines()) > len(probes.vrps), 10):
            test.fail("gobgpd has no VRPs")
        imports, exports = test.imports(), test.exports()
        if test.wrong:
            print(lab.log("gobgpd")[-3000:])
        print(f"gobgpd: {imports} routes announced to it, {exports} asked back, {test.wrong} wrong")
        for session in test.sessions.values():
            session.close()
        return 1 if test.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
