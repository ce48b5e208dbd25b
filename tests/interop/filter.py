#!/usr/bin/env python3
"""Interoperation: what `fairway filter build` writes, loaded by a real router and asked by a real speaker.

Usage: filter.py FAIRWAY ROUTER SCENARIO        (bird, openbgpd or frr; routing or server). Exit code 77: it cannot be
run here.

Every probe of `fairway filter prove --list` is announced over BGP: each entry of each list exactly, longest, one bit
shorter, one longer and beside it, hijacks, leaks, bogons, a stranger's address with BLACKHOLE. The router must hold
exactly the routes that the document accepts, with the communities it gives them, and announce to each neighbour exactly
those that the document announces.
"""

import json
import pathlib
import subprocess
import sys
import time

from bgp_speaker import Session, update, withdrawal
from namespaces import Lab, skip_without, wait_for
from routers import ROUTERS

MINE = 64500
OWN = ["5.10.0.0/22", "2a0e:100::/32"]
NETWORK = """
version: 1
asns: [64500]
prefixes:
  - {prefix: 5.10.0.0/22, origins: [64500], max_length: 23}
  - {prefix: 5.10.3.0/24, origins: [3400]}
  - {prefix: "2a0e:100::/32", origins: [64500]}
neighbours:
  - asn: 3333
    name: A "customer" \\ of mine
    role: customer
    as_sets: [RIPE::AS-CUSTOMER]
    blackhole: true
    limits: &many {ipv4: 5000, ipv6: 5000}
    sessions:
      - {address: 10.0.0.2, local_address: 10.0.0.1, gtsm: true, secret_file: secret}
      - {address: "fd00:1::2", local_address: "fd00:1::1"}
  - asn: 3334
    role: provider
    limits: *many
    sessions:
      - {address: 10.0.1.2, local_address: 10.0.1.1}
      - {address: "fd00:2::2", local_address: "fd00:2::1"}
  - asn: 3335
    role: peer
    limits: *many
    as_sets: [AS-PEER]
    sessions: [{address: 10.0.2.2, local_address: 10.0.2.1}]
  - asn: 3336
    role: rs
    limits: *many
    sessions: [{address: 10.0.3.2, local_address: 10.0.3.1}]
  - asn: 3337
    role: customer
    name: nothing is registered for it
    limits: *many
    sessions: [{address: 10.0.4.2, local_address: 10.0.4.1}]
filtering:
  rtr: [{address: 127.0.0.1, port: 3323}]
"""
CLIENTS = """
version: 1
asns: [64500]
filtering:
  clients_blackhole: true
  rtr: [{address: 127.0.0.1, port: 3323}]
"""


class Routing:
    """A network with neighbours of every role."""

    network, own, refused = NETWORK, OWN + ["5.10.0.0/23", "5.10.2.0/23"], "AS3337"
    options = []
    sessions = {  # of each neighbour: its address, mine
        "AS3333": [("10.0.0.2", "10.0.0.1"), ("fd00:1::2", "fd00:1::1")],
        "AS3334": [("10.0.1.2", "10.0.1.1"), ("fd00:2::2", "fd00:2::1")],
        "AS3335": [("10.0.2.2", "10.0.2.1")],
        "AS3336": [("10.0.3.2", "10.0.3.1")],
        "AS3337": [("10.0.4.2", "10.0.4.1")],
    }
    # What each neighbour is: it says so itself (RFC 9234).
    roles = {"AS3333": "customer", "AS3334": "provider", "AS3335": "peer", "AS3336": "rs", "AS3337": "customer"}
    guarded = "AS3333"  # by GTSM and a secret

    @staticmethod
    def write(lab):
        pass


class RouteServer:
    """An exchange point's route server, from its member export."""

    network, own, refused = CLIENTS, [], "AS3337"
    options = ["--members", "members.json"]
    sessions = {
        "AS3333": [("10.0.0.2", "10.0.0.1"), ("fd00:1::2", "fd00:1::1")],
        "AS3335": [("10.0.0.3", "10.0.0.1"), ("fd00:1::3", "fd00:1::1")],
        "AS3337": [("10.0.0.4", "10.0.0.1")],
    }
    roles = {"AS3333": "rs-client", "AS3335": "rs-client", "AS3337": "rs-client"}
    guarded = None

    @classmethod
    def write(cls, lab):
        macros = {"AS3333": "RIPE::AS-CUSTOMER", "AS3335": "AS-PEER", "AS3337": ""}
        members = []
        for name, sessions in cls.sessions.items():
            vlan = {"vlan_id": 7}
            for ours, _ in sessions:
                family = "ipv6" if ":" in ours else "ipv4"
                port = {"address": ours, "routeserver": True, "max_prefix": 5000, "as_macro": macros[name]}
                vlan[family] = port
            connection = {"ixp_id": 1, "state": "active", "vlan_list": [vlan]}
            members.append({"asnum": int(name[2:]), "name": f"member {name}", "connection_list": [connection]})
        lan = {"id": 7, "name": "peering", "ipv4": {"prefix": "5.31.8.0", "mask_length": 23}}
        exchange = {"ixp_id": 1, "shortname": "EX", "vlan": [lan]}
        text = json.dumps({"version": "1.0", "ixp_list": [exchange], "member_list": members})
        lab.write("members.json", text)


SCENARIOS = {"routing": Routing, "server": RouteServer}


def registry():
    objects = [
        "as-set: AS-CUSTOMER\nmembers: AS3333, AS3400, AS400\nsource: RIPE\n",
        "as-set: AS-PEER\nmembers: AS3335\nsource: RIPE\n",
        "route: 5.10.3.0/24\norigin: AS3400\nsource: RIPE\n",
        "route: 5.30.0.0/16\norigin: AS3335\nsource: RIPE\n",
    ]
    for i in range(40):
        objects.append(f"route: 5.20.{2 * i}.0/24\norigin: AS{3400 if i % 4 == 0 else 3333}\nsource: RIPE\n")
        objects.append(f"route: 5.31.{4 * i}.0/23\norigin: AS3335\nsource: RIPE\n")
        objects.append(f"route6: 2a0e:{200 + i}::/32\norigin: AS3333\nsource: RIPE\n")
    objects.append("route: 5.20.100.0/24\norigin: AS400\nsource: RIPE\n")
    return "\n".join(objects)


def vrps():
    roas = [{"asn": 3333, "prefix": f"5.20.{2 * i}.0/24", "maxLength": 24, "ta": "test"} for i in range(1, 40, 8)]
    roas += [{"asn": 3333, "prefix": "2a0e:201::/32", "maxLength": 48, "ta": "test"}]
    roas += [{"asn": 3334, "prefix": f"45.{i}.0.0/16", "maxLength": 20, "ta": "test"} for i in range(100, 110)]
    roas += [{"asn": 3334, "prefix": "2a05:100::/32", "maxLength": 48, "ta": "test"}]
    return json.dumps({"metadata": {"buildtime": "2026-01-01T00:00:00Z"}, "roas": roas})


def rounds_of(probes):
    """Probes of one round have different prefixes; what ends a session comes last."""
    rounds = []
    for probe in probes:
        for held in rounds:
            if probe["prefix"] not in held:
                held[probe["prefix"]] = probe
                break
        else:
            rounds.append({probe["prefix"]: probe})
    return rounds


class Test:
    def __init__(self, fairway, lab, router, scenario):
        self.fairway, self.lab, self.router, self.scenario = fairway, lab, router, scenario
        self.failures, self.sessions = [], {}

    def prepare(self):
        write = self.lab.write
        network = self.scenario.network
        write("network.yaml", network if self.router.md5 else network.replace(", secret_file: secret", ""))
        self.scenario.write(self.lab)
        write("secret", "s3cretOfMine\n")
        write("irr.db", registry())
        write("vrps.json", vrps())
        (self.lab.folder / "data").mkdir()
        known = ["--network", "network.yaml", "--irr", "irr.db", "--rpki", "vrps.json", "--data", "data"]
        known += self.scenario.options
        filters = self.lab.folder / "filters.conf"
        build = ["filter", "build", *known, "--target", self.router.target, "--out", str(filters)]
        refused = self.run(*build)
        assert refused.returncode == 5 and self.scenario.refused in refused.stderr, refused  # nothing is registered for it
        assert not filters.exists()
        built = self.run(*build, "--allow-empty", "--accept")
        assert built.returncode == 0, built.stderr
        secret = self.router.md5 and self.scenario.guarded
        assert filters.stat().st_mode & 0o777 == (0o600 if secret else 0o644)
        listed = self.run("filter", "prove", *known, "--list")
        assert listed.returncode == 0, listed.stderr
        self.probes = [json.loads(line) for line in listed.stdout.splitlines()]
        return filters

    def run(self, *arguments):
        return subprocess.run([self.fairway, *arguments], capture_output=True, text=True, cwd=self.lab.folder)

    def open_sessions(self):
        for name, sessions in self.scenario.sessions.items():
            for ours, theirs in sessions:
                self.open(name, ours, theirs)

    def open(self, name, ours, theirs):
        first = name == self.scenario.guarded and ":" not in ours
        secret = "s3cretOfMine" if first and self.router.md5 else None
        session = Session(ours, theirs, int(name[2:]), role=self.scenario.roles[name], gtsm=first, secret=secret)
        session.open()
        self.sessions[(name, ":" in ours)] = session

    def session_of(self, probe):
        return self.sessions[(probe["neighbour"], ":" in probe["prefix"])]

    def held(self, name):
        addresses = [ours for ours, _ in self.scenario.sessions[name]]
        return self.router.accepted(name, len(addresses), addresses)

    def heard(self, key, held):
        """What is announced to a neighbour, but for what it announced itself: FRR sends that back."""
        prefixes = set(self.sessions[key].prefixes())
        return {prefix for prefix in prefixes if held.get(prefix, {}).get("neighbour") != key[0]}

    def play(self, held):
        """One round: announce, compare, withdraw."""
        expected = {name: {} for name in self.scenario.sessions}
        exported = {key: set() for key in self.sessions}
        for prefix in self.scenario.own:
            for key in exported:
                if key[1] == (":" in prefix):
                    exported[key].add(prefix)
        for probe in held.values():
            self.session_of(probe).send(update(probe))
            if not probe["expected"]["accepted"]:
                continue
            expected[probe["neighbour"]][probe["prefix"]] = probe["expected"]
            if "65535:65281" in probe["expected"]["communities"]:
                continue  # NO_EXPORT
            for name in probe["expected"]["exported_to"]:
                if int(name[2:]) in probe["path"] and getattr(self.router, "holds_loops", False):
                    continue  # it announces no route to an AS that is in the path
                if (name, ":" in probe["prefix"]) in exported:
                    exported[(name, ":" in probe["prefix"])].add(probe["prefix"])
        for key, prefixes in exported.items():
            prefixes -= {prefix for prefix, probe in held.items() if probe["neighbour"] == key[0]}
        state = {}

        def agreed():
            state["held"] = {name: self.held(name) for name in self.scenario.sessions}
            state["heard"] = {key: self.heard(key, held) for key in self.sessions}
            return all(set(state["held"][n]) == set(expected[n]) for n in self.scenario.sessions) and state["heard"] == exported

        wait_for(agreed, 8)
        for found in state["held"].values():
            self.router.detail(found)
        self.compare(held, expected, exported, state)
        for probe in held.values():
            self.session_of(probe).send(withdrawal(probe["prefix"]))
        empty = wait_for(lambda: not any(self.held(name) for name in self.scenario.sessions), 8)
        if not empty:
            self.failures.append("routes stay after they were withdrawn")

    def compare(self, held, expected, exported, state):
        for name in self.scenario.sessions:
            for prefix in set(state["held"][name]) ^ set(expected[name]):
                probe = held.get(prefix, {})
                self.failures.append(
                    f"{name} {prefix}: {'accepted' if prefix in state['held'][name] else 'refused'}, "
                    f"the document says {probe.get('expected')} ({probe.get('what')})"
                )
            for prefix in set(state["held"][name]) & set(expected[name]):
                self.compare_attributes(name, prefix, state["held"][name][prefix], expected[name][prefix])
        for key in self.sessions:
            for prefix in state["heard"][key] ^ exported[key]:
                said = "announced" if prefix in state["heard"][key] else "not announced"
                self.failures.append(f"to {key[0]}: {prefix} is {said} ({held.get(prefix, {}).get('what')})")

    def compare_attributes(self, name, prefix, found, wanted):
        if sorted(found["large"]) != sorted(wanted["large_communities"]):
            self.failures.append(f"{name} {prefix}: {found['large']}, not {wanted['large_communities']}")
        if (found["local_pref"] == 0) != wanted["last_resort"]:
            self.failures.append(f"{name} {prefix}: preference {found['local_pref']}, {wanted}")
        if found["blackholed"] is not None and found["blackholed"] != wanted["blackholed"]:
            self.failures.append(f"{name} {prefix}: blackholed {found['blackholed']}")

    def go(self):
        filters = self.prepare()
        for sessions in self.scenario.sessions.values():
            for ours, theirs in sessions:
                self.lab.address(ours, theirs, 64 if ":" in ours else 24)
        vrps_path = self.lab.folder / "vrps.json"
        self.lab.start(
            "stayrtr", "stayrtr", "-cache", vrps_path, "-bind", "127.0.0.1:3323", "-checktime=false",
            "-metrics.addr", "127.0.0.1:9847", "-refresh", "60000",
        )
        time.sleep(1)
        self.router.start(filters, self.scenario.own)
        self.open_sessions()
        assert wait_for(self.router.validators_ready, 60, 0.5), "the router has no VRPs"
        time.sleep(2)
        # What the router cannot judge is no question to it: the configuration says so as a gap.
        cannot = {"aspa"} | getattr(self.router, "cannot", set())
        imports = [p for p in self.probes if p["direction"] == "import" and p["expected"].get("clause") not in cannot]
        resets = [p for p in imports if p["what"] == "first-as"] if self.router.resets_on_first_as else []
        played = [p for p in imports if p not in resets]
        count = 0
        for held in rounds_of(played):
            self.play(held)
            count += 1
        for probe in resets:
            session = self.session_of(probe)
            session.send(update(probe))
            if not wait_for(lambda: not session.up, 5):
                self.failures.append(f"{probe['neighbour']} {probe['prefix']}: a wrong first AS went unnoticed")
        clauses = {p["expected"].get("clause") for p in played}
        print(
            f"{self.router.target}, {sys.argv[3]}: {len(played)} routes probed in {count} rounds, "
            f"{sum(p['expected']['accepted'] for p in played)} accepted; decided by {', '.join(sorted(clauses))}"
        )
        for failure in self.failures[:40]:
            print("FAILED", failure)
        if self.failures:
            print(f"{len(self.failures)} differences")
        return 1 if self.failures else 0


def main():
    fairway, name = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    scenario = SCENARIOS[sys.argv[3]]
    kind = ROUTERS[name]
    skip_without("ip", "unshare", "stayrtr", *kind.programs)
    with Lab() as lab:
        test = Test(str(fairway), lab, kind(lab, MINE), scenario)
        try:
            return test.go()
        except Exception:
            for log in lab.folder.glob("*.log"):
                print(f"--- {log.name}\n{log.read_text()[-1500:]}")
            raise


if __name__ == "__main__":
    sys.exit(main())
