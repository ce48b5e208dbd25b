"""Real routers, configured by `fairway filter build` and asked what they hold."""

import json
import os
import pwd
import re
import shutil
import time

from namespaces import wait_for


class Bird:
    target, programs = "bird", ("bird", "birdc")
    md5 = True
    resets_on_first_as = False

    def __init__(self, lab, asn):
        self.lab, self.asn = lab, asn

    def start(self, filters, statics):
        routes = {4: "", 6: ""}
        for prefix in statics:
            routes[6 if ":" in prefix else 4] += f"  route {prefix} blackhole;\n"
        text = (
            "router id 10.0.0.1;\nlog \"" + str(self.lab.folder / "bird.messages") + "\" all;\nprotocol device {}\n"
            f"protocol static {{\n  ipv4;\n{routes[4]}}}\nprotocol static {{\n  ipv6;\n{routes[6]}}}\n"
            f'include "{filters}";\n'
        )
        path = self.lab.write("bird.conf", text)
        self.socket = self.lab.folder / "bird.ctl"
        self.lab.run("bird", "-p", "-c", path)
        self.lab.start("bird", "bird", "-f", "-c", path, "-s", self.socket, "-P", self.lab.folder / "bird.pid")

    def ask(self, question):
        return self.lab.inside("birdc", "-s", str(self.socket), "-r", question, check=False)

    def validators_ready(self):
        return "Established" in self.ask("show protocols fw_rpki_1")

    def detail(self, found):
        """What accepted() found has everything."""

    def accepted(self, neighbour, sessions, addresses=()):
        """Prefix -> what the router made of it."""
        found = {}
        for number in range(1, sessions + 1):
            text = self.ask(f"show route all protocol {neighbour}_{number}")
            prefix = None
            for line in text.splitlines():
                head = re.match(r"^([0-9a-f:.]+/\d+)\s+(\S+)", line)
                if head:
                    prefix = head.group(1)
                    found[prefix] = {"large": [], "local_pref": 100, "blackholed": head.group(2) == "blackhole"}
                if prefix and "BGP.large_community" in line:
                    found[prefix]["large"] = [
                        ":".join(part.strip() for part in c.split(","))
                        for c in re.findall(r"\(([^)]*)\)", line.split(":", 1)[1])
                    ]
                if prefix and "BGP.next_hop" in line and line.split(":", 1)[1].split()[0] in ("192.0.2.1", "100::1"):
                    found[prefix]["blackholed"] = True
                if prefix and "BGP.local_pref" in line:
                    found[prefix]["local_pref"] = int(line.split(":")[1])
        return found


class OpenBgpd:
    target, programs = "openbgpd", ("bgpd", "bgpctl")
    md5 = False  # on Linux no session with a secret comes up from outside
    resets_on_first_as = True  # it ends the session (RFC 4271 section 6.3)

    def __init__(self, lab, asn):
        self.lab, self.asn = lab, asn

    def start(self, filters, statics):
        networks = "".join(f"network {prefix}\n" for prefix in statics)
        self.socket = self.lab.folder / "bgpd.sock"
        text = (
            f'AS {self.asn}\nrouter-id 10.0.0.1\nfib-update no\nsocket "{self.socket}"\n{networks}'
            f'include "{filters}"\n'
        )
        path = self.lab.write("bgpd.conf", text)
        os.chmod(path, 0o600)
        os.chmod(self.lab.folder, 0o755)
        self.lab.run("bgpd", "-n", "-f", path)
        # Where its processes lock themselves in; Debian's service makes it when it starts.
        self.lab.folder_of(pwd.getpwnam("_openbgpd").pw_dir)
        self.lab.start("bgpd", "/usr/sbin/bgpd", "-d", "-f", path)

    def ask(self, *question):
        return self.lab.inside("bgpctl", "-s", str(self.socket), "-j", *question, check=False)

    def validators_ready(self):
        text = self.ask("show", "sets")
        return '"rpki"' in text or "ROA" in text.upper()

    def detail(self, found):
        """What accepted() found has everything."""

    def accepted(self, neighbour, sessions, addresses=()):
        found = {}
        for address in addresses:
            text = self.ask("show", "rib", "detail", "neighbor", address)
            try:
                entries = json.loads(text).get("rib", [])
            except json.JSONDecodeError:
                continue
            for entry in entries:
                large = entry.get("large_communities", [])
                found[entry["prefix"]] = {"large": large, "local_pref": entry.get("localpref", 100), "blackholed": None}
        return found


class Frr:
    target, programs = "frr", ("vtysh",)
    md5 = True
    resets_on_first_as = False

    def __init__(self, lab, asn):
        self.lab, self.asn = lab, asn

    def start(self, filters, statics):
        folder = self.lab.folder
        os.chmod(folder, 0o755)
        shutil.chown(folder, "frr", "frr")
        networks = {"ipv4": "", "ipv6": ""}
        for prefix in statics:
            networks["ipv6" if ":" in prefix else "ipv4"] += f"  network {prefix}\n"
        own = f"router bgp {self.asn}\n bgp router-id 10.0.0.1\n no bgp network import-check\n"
        for family, lines in networks.items():
            own += f" address-family {family} unicast\n{lines} exit-address-family\n"
        text = "frr defaults traditional\n" + filters.read_text() + "\n" + own + "exit\n"
        path = self.lab.write("frr.conf", text)
        done = self.lab.run("vtysh", "-C", "-f", path)
        assert "Unknown" not in done, done
        options = ["-u", "frr", "-g", "frr", "--vty_socket", folder, "-z", folder / "zserv.api"]
        self.lab.start("zebra", "/usr/lib/frr/zebra", *options, "-i", folder / "zebra.pid", "-P", "0")
        wait_for(lambda: (folder / "zserv.api").exists(), 10)
        self.lab.start(
            "bgpd", "/usr/lib/frr/bgpd", *options, "-i", folder / "bgpd.pid", "-P", "0", "-M", "rpki", "-f", path
        )

    def ask(self, *questions):
        asked = [part for question in questions for part in ("-c", question)]
        return self.lab.inside("vtysh", "--vty_socket", str(self.lab.folder), "-d", "bgpd", *asked, check=False)

    def validators_ready(self):
        return "connected" in self.ask("show rpki cache-connection")

    @staticmethod
    def objects(text):
        """The JSON objects in it, one behind the other."""
        at, decoder = text.find("{"), json.JSONDecoder()
        while at >= 0:
            value, at = decoder.raw_decode(text, at)
            yield value
            at = text.find("{", at)

    def accepted(self, neighbour, sessions, addresses=()):
        found = {}
        for address in addresses:
            family = "ipv6" if ":" in address else "ipv4"
            text = self.ask(f"show bgp {family} unicast neighbors {address} routes json")
            for table in self.objects(text):
                for prefix, paths in table.get("routes", {}).items():
                    found[prefix] = {"large": [], "local_pref": paths[0].get("locPrf", 100), "blackholed": None}
        return found

    def detail(self, found):
        """Fills in the communities: only asked for once."""
        for family in ("ipv4", "ipv6"):
            prefixes = [prefix for prefix in found if (":" in prefix) == (family == "ipv6")]
            for i in range(0, len(prefixes), 50):
                asked = [f"show bgp {family} unicast {prefix} json" for prefix in prefixes[i : i + 50]]
                for table in self.objects(self.ask(*asked)):
                    for path in table.get("paths", []):
                        if table["prefix"] in found:
                            found[table["prefix"]]["large"] = path.get("largeCommunity", {}).get("list", [])


class GoBgp:
    target, programs = "gobgp", ("gobgpd", "gobgp")
    resets_on_first_as = False
    md5 = True
    cannot = {"otc"}  # clauses that it has not: the configuration says so
    holds_loops = True

    def __init__(self, lab, asn):
        self.lab, self.asn = lab, asn

    def start(self, filters, statics):
        api = ("--pprof-disable", "--api-hosts", "127.0.0.1:50051")
        # Its Go runtime was seen to end it while it moved a goroutine to a smaller stack.
        self.lab.start("gobgpd", "env", "GODEBUG=gcshrinkstackoff=1", "gobgpd", "-f", filters, "-p", *api)
        wait_for(lambda: "10.0.0.2" in self.ask("neighbor"), 10)
        for prefix in statics:
            self.ask("global", "rib", "add", prefix, "-a", "ipv6" if ":" in prefix else "ipv4")

    def ask(self, *question):
        return self.lab.inside("gobgp", *question, check=False)

    def validators_ready(self):
        return "Up" in self.ask("rpki", "server") and len(self.ask("rpki", "table").splitlines()) > 1

    def accepted(self, neighbour, sessions, addresses=()):
        found = {}
        for family in ("ipv4", "ipv6"):
            text = self.ask("global", "rib", "-a", family, "-j")
            table = json.loads(text) if text.startswith("{") else {}
            if "error" in table:
                raise RuntimeError(f"gobgpd does not answer: {table['error']}")
            for prefix, paths in table.items():
                for path in paths:
                    if path.get("neighbor-ip") not in addresses:
                        continue
                    attributes = {attribute["type"]: attribute for attribute in path["attrs"]}
                    large = [f"{c['ASN']}:{c['LocalData1']}:{c['LocalData2']}" for c in attributes.get(32, {}).get("value", [])]
                    preference = attributes.get(5, {}).get("value", 100)
                    hop = attributes.get(3, attributes.get(14, {})).get("nexthop")
                    found[prefix] = {
                        "large": large,
                        "local_pref": 0 if preference == 1 else preference,  # it knows no 0
                        "blackholed": hop in ("192.0.2.1", "100::1"),
                    }
        return found

    def detail(self, found):
        pass


ROUTERS = {"bird": Bird, "openbgpd": OpenBgpd, "frr": Frr, "gobgp": GoBgp}
