#!/usr/bin/env python3
"""Interoperation: the daemon in a small Internet of real routers: eight ASes of BIRD, FRR, OpenBGPD and GoBGP. FRR (mine)
and GoBGP tell it by BMP; it tells FRR the VRPs by RTR. What goes wrong opens, is told, clears.

Usage: live.py FAIRWAY. Exit code 77: it cannot be run here.

It is run by hand, and no part of script/test: Debian's FRR (8.4) stops telling by BMP now and then, in the middle, which
the test cannot tell from a gap that the daemon misses.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

from internet import Bird, Frr, GoBgp, Internet, OpenBgpd
from namespaces import skip_without, wait_for

# Numbers that are no documentation: those are bogons, and would be told as such.
ME, TRANSIT, OTHER, STUB, VICTIM, ATTACKER, EDGE, FAR = range(3001, 3009)
NUMBERS = {ME: 1, TRANSIT: 2, OTHER: 3, STUB: 4, VICTIM: 5, ATTACKER: 6, EDGE: 7, FAR: 8}
MINE, THEIRS = "192.0.32.0/24", "198.51.0.0/16"

NETWORK = f"""version: 1
asns: [{ME}]
providers_complete: true
customers_complete: true
prefixes:
  - prefix: {MINE}
    origins: [{ME}]
neighbours:
  - asn: {TRANSIT}
    role: provider
  - asn: {OTHER}
    role: peer
"""

CONFIGURATION = """version: 1
network: network.yaml
data: data
rpki: [vrps.json]
reload: 1
gather: 1
hold: 2
store: fairway.db
bmp:
  listen: ["0.0.0.0:1790"]
rtr:
  listen: "0.0.0.0:3323"
notify:
  command:
    - name: book
      command: [sh, -c, "cat >> {book}; echo >> {book}"]
      update_interval: 0
"""


class Daemon:
    def __init__(self, program: str, folder: pathlib.Path):
        self.lines: list[str] = []
        self.process = subprocess.Popen([program, "serve", "--config", folder / "fairway.yaml"], stderr=subprocess.PIPE,
                                        text=True)  # fmt: skip
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line.rstrip())

    def says(self, pattern: str) -> bool:
        return any(re.search(pattern, line) for line in list(self.lines))

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Scene:
    def __init__(self, internet: Internet, program: str):
        self.internet = internet
        folder = internet.folder
        (folder / "data").mkdir()
        (folder / "network.yaml").write_text(NETWORK)
        self.book = folder / "book"
        (folder / "fairway.yaml").write_text(CONFIGURATION.format(book=self.book))
        # Who is whose provider, as an inference would say it: TRANSIT and OTHER are above everybody.
        (folder / "data" / "20260101.as-rel.txt").write_text(
            f"# source:topology|BGP\n# inferred clique: {TRANSIT} {OTHER}\n{TRANSIT}|{OTHER}|0\n"
            + "".join(f"{above}|{below}|-1\n" for above, below in [(TRANSIT, ME), (TRANSIT, VICTIM), (TRANSIT, EDGE),
                                                                   (OTHER, EDGE), (OTHER, ATTACKER), (OTHER, STUB),
                                                                   (TRANSIT, FAR)])  # fmt: skip
        )
        self.vrps({MINE: ME})
        self.daemon = Daemon(program, folder)
        internet.processes.append(self.daemon.process)  # ended with it, whatever happens
        if not wait_for(lambda: self.daemon.says("serving RTR"), 20):
            raise SystemExit("the daemon does not serve:\n" + "\n".join(self.daemon.lines))
        at = {asn: number for asn, number in NUMBERS.items()}

        def neighbours(*asns: int) -> dict[int, int]:
            return {at[asn]: asn for asn in asns}

        self.me = Frr(internet, at[ME], ME, neighbours(TRANSIT, OTHER), [MINE], 1790, 3323)
        self.transit = Bird(internet, at[TRANSIT], TRANSIT, neighbours(ME, OTHER, VICTIM, EDGE, FAR), True)
        self.other = GoBgp(internet, at[OTHER], OTHER, neighbours(ME, TRANSIT, STUB, ATTACKER, EDGE), 1790)
        self.stub = OpenBgpd(internet, at[STUB], STUB, neighbours(OTHER), ["198.50.0.0/16"])
        self.victim = Bird(internet, at[VICTIM], VICTIM, neighbours(TRANSIT), False)
        self.attacker = Bird(internet, at[ATTACKER], ATTACKER, neighbours(OTHER), False)
        self.edge = Bird(internet, at[EDGE], EDGE, neighbours(TRANSIT, OTHER), False)
        self.far = Bird(internet, at[FAR], FAR, neighbours(TRANSIT), False)
        time.sleep(1)
        self.victim.announce(THEIRS)
        self.far.announce("198.52.0.0/16")

    def vrps(self, roas: dict[str, int]) -> None:
        rows = [{"asn": asn, "prefix": prefix, "maxLength": int(prefix.split("/")[1]), "ta": "ripe"} for prefix, asn in roas.items()]
        text = json.dumps({"metadata": {"buildtime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}, "roas": rows})
        path = self.internet.folder / "vrps.new"
        path.write_text(text)
        path.rename(self.internet.folder / "vrps.json")

    def told(self) -> list[dict]:
        return [json.loads(line) for line in self.book.read_text().split("\n") if line.strip()] if self.book.exists() else []

    def find(self, transition: str, kind: str, kinds: str, prefix: str) -> dict | None:
        for each in self.told():
            incident = each["incident"]
            if (each["transition"], incident["kind"]) == (transition, kind) and str(incident["type"]) in kinds.split() and prefix in incident["prefixes"]:
                return incident
        return None

    def has_cleared(self, incident: str) -> bool:
        return any(each["transition"] == "clear" and each["incident"]["id"] == incident for each in self.told())

    def expect(self, what: str, kind: str, types: str, prefix: str, offender: int | None, begin, end) -> None:
        begin()
        opened = wait_for(lambda: self.find("open", kind, types, prefix), 60)
        if not opened:
            raise SystemExit(f"{what}: nothing opened; told: {self.summary()}; my router has: {self.me.ask('show bgp ipv4 unicast')}")
        if offender is not None and opened["offenders"] != [offender]:
            raise SystemExit(f"{what}: blames {opened['offenders']}, not {offender}")
        end()
        if not wait_for(lambda: self.has_cleared(opened["id"]), 90):
            raise SystemExit(f"{what}: did not clear; told: {self.summary()}")
        print(f"{what}: {kind} {opened['type']}, {opened['id']}, opened and cleared")

    def hear_my_router(self) -> None:
        """What is behind its filter is told."""
        for number in range(5):
            prefix = f"10.{200 + number}.0.0/16"
            self.attacker.announce(prefix)
            heard = wait_for(lambda: self.find("open", "filter-gap", "passed", prefix), 20)
            self.attacker.announce()
            if heard:
                wait_for(lambda: self.find("clear", "filter-gap", "passed", prefix), 30)
                return
            self.me.connect_again()
        raise SystemExit("nothing is heard of what FRR has behind its filter: " + self.me.ask("show bmp"))

    def summary(self) -> list:
        return [(e["transition"], e["incident"]["kind"], e["incident"]["type"], e["incident"]["prefixes"][:2]) for e in self.told()]


def main() -> None:
    skip_without("bird", "bgpd", "gobgpd", "vtysh", "birdc")
    program = os.path.abspath(sys.argv[1])
    with Internet() as internet:
        scene = Scene(internet, program)
        if not wait_for(lambda: VICTIM in scene.me.origins(THEIRS) and STUB in scene.me.origins("198.50.0.0/16"), 60):
            raise SystemExit("the small Internet does not come up: " + scene.me.ask("show bgp summary"))
        if not wait_for(lambda: scene.daemon.says("") and scene.me.vrps() > 0, 30):
            raise SystemExit("FRR has no VRPs: " + scene.me.ask("show rpki cache-connection"))
        time.sleep(5)
        if scene.told():
            raise SystemExit(f"something is told of a quiet Internet: {scene.summary()}")

        scene.hear_my_router()
        scene.expect("a hijack of my prefix", "hijack", "origin", MINE, ATTACKER,
                     lambda: scene.attacker.announce(MINE), lambda: scene.attacker.announce())  # fmt: skip
        scene.expect("a part of my prefix", "hijack", "sub-prefix", "192.0.32.128/25", ATTACKER,
                     lambda: scene.attacker.announce("192.0.32.128/25"), lambda: scene.attacker.announce())  # fmt: skip
        scene.expect("my AS behind a stranger", "hijack", "type-1", "192.0.32.0/25", ATTACKER,
                     lambda: scene.attacker.announce("192.0.32.0/25", forged=(ME,)), lambda: scene.attacker.announce())  # fmt: skip
        scene.expect("space that nobody may announce", "filter-gap", "passed", "10.0.0.0/8", None,
                     lambda: scene.attacker.announce("10.0.0.0/8"), lambda: scene.attacker.announce())  # fmt: skip

        # My router drops what the VRPs that it has from the daemon call invalid.
        scene.attacker.announce(THEIRS)
        if not wait_for(lambda: ATTACKER in scene.me.origins(THEIRS), 30):
            raise SystemExit("the hijack of another's prefix does not reach my router")
        scene.vrps({MINE: ME, THEIRS: VICTIM})
        if not wait_for(lambda: ATTACKER not in scene.me.origins(THEIRS), 60):
            raise SystemExit("FRR keeps a route that is invalid by now: " + scene.me.ask("show rpki prefix-table"))
        print("VRPs from the daemon: FRR dropped the hijack")
        if scene.daemon.end() != 0:
            raise SystemExit("the daemon ended with an error:\n" + "\n".join(scene.daemon.lines[-20:]))


if __name__ == "__main__":
    main()
