#!/usr/bin/env python3
"""What another decoder made of a BMP capture, as lines to compare with. Usage: decoded.py FILE-bmp.json.gz

Reads NetGauze's JSON, one message a line, and prints one line a message: key=value fields with a tab between them, in the
order of src/core/session/bmp/capture_test.cc. A message that it could not read is the line "error".
"""

import datetime
import gzip
import ipaddress
import json
import sys

FAMILIES = {
    "Ipv4Unicast": (1, 1), "Ipv4Multicast": (1, 2), "Ipv4NlriMplsLabels": (1, 4), "Ipv4MplsLabeledVpn": (1, 128),
    "Ipv4MplsVpnUnicast": (1, 128), "Ipv6Unicast": (2, 1), "Ipv6NlriMplsLabels": (2, 4), "Ipv6MplsLabeledVpn": (2, 128),
    "Ipv6MplsVpnUnicast": (2, 128), "L2VpnBgpEvpn": (25, 70), "BgpLs": (16388, 71),
}  # fmt: skip
STATISTICS = {
    "NumberOfPrefixesRejectedByInboundPolicy": 0, "NumberOfDuplicateWithdraws": 2,
    "NumberOfUpdatesInvalidatedDueToClusterListLoop": 3, "NumberOfUpdatesInvalidatedDueToAsPathLoop": 4,
    "NumberOfUpdatesInvalidatedDueToOriginatorId": 5, "NumberOfRoutesInAdjRibIn": 7, "NumberOfRoutesInLocRib": 8,
    "NumberOfRoutesInPerAfiSafiLocRib": 10, "NumberOfUpdatesSubjectedToTreatAsWithdraw": 11,
}  # fmt: skip


def only(value):
    """The name and the content of a variant."""
    if isinstance(value, str):
        return value, None
    ((name, content),) = value.items()
    return name, content


def family(name):
    return "%d/%d" % FAMILIES[name]


def distinguisher(rd):
    if rd is None:
        return "0"
    kind, rd = only(rd)
    if kind == "As2Administrator":
        return "%x" % (rd["asn2"] << 32 | rd["number"])
    if kind == "As4Administrator":
        return "%x" % (2 << 48 | rd["asn4"] << 16 | rd["number"])
    raise ValueError(kind)


def microseconds(text):
    if text is None:  # the router does not say it
        return 0
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    since = time - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds


def address(text):
    return str(ipaddress.ip_address(text)) if text else None


def mapped(text):
    """IPv4 in IPv6 as RFC 5952 wants it."""
    ip = ipaddress.ip_address(text)
    if ip.version == 6 and ip.ipv4_mapped:
        return "::ffff:" + str(ip.ipv4_mapped)
    return str(ip)


def header(peer):
    kind, flags = only(peer["peer_type"])
    yield "peer_type", {"GlobalInstancePeer": 0, "RdInstancePeer": 1, "LocRibInstancePeer": 3}[kind]
    if kind == "LocRibInstancePeer":
        yield "filtered", int(flags["filtered"])
    else:
        yield "ipv6", int(flags["ipv6"])
        yield "asn2", int(flags["asn2"])
    yield "table", table(peer)
    yield "distinguisher", distinguisher(peer["rd"])
    yield "address", address(peer["address"]) or "0.0.0.0"
    yield "as", peer["peer_as"]
    yield "bgp_id", peer["bgp_id"]
    yield "time", microseconds(peer["timestamp"])


def table(peer):
    kind, flags = only(peer["peer_type"])
    if kind == "LocRibInstancePeer":
        return "loc-rib"
    side = "out" if flags["adj_rib_out"] else "in"
    return "adj-rib-%s-%s" % (side, "post" if flags["post_policy"] else "pre")


def capability(one):
    name, content = only(one)
    if name == "MultiProtocolExtensions":
        return "1:" + family(content["address_type"])
    if name == "ExtendedNextHopEncoding":
        afis = {"IPv6": 2, "IPv4": 1}
        return "5:" + ",".join(
            "%s/%d" % (family(e["address_type"]), afis[e["next_hop_afi"]]) for e in content["encodings"]
        )
    if name == "GracefulRestartCapability":
        flags = 8 * content["restart"] + 4 * content["graceful_notification"]
        return "64:%d:%d:%s" % (
            flags,
            content["time"],
            ",".join("%s/%d" % (family(f["address_type"]), f["forwarding_state"]) for f in content["address_families"]),
        )
    if name == "FourOctetAs":
        return "65:%d" % content["asn4"]
    if name == "AddPath":
        return "69:" + ",".join(
            "%s/%d" % (family(f["address_type"]), f["receive"] + 2 * f["send"]) for f in content["address_families"]
        )
    if name == "LongLivedGracefulRestart":
        return "71:" + ",".join(
            "%s/%d/%d" % (family(f["address_type"]), f["forwarding_state"], f["stale_time"])
            for f in content["address_families"]
        )
    if name == "Fqdn":
        return "73:%s.%s" % (content["hostname"], content["domain_name"])
    return {"RouteRefresh": "2", "ExtendedMessage": "6", "EnhancedRouteRefresh": "70", "CiscoRouteRefresh": "128"}[name]


def opened(side, message):
    message = message["Open"]
    for key in ("version", "my_as", "hold_time", "bgp_id"):
        yield side + "." + key, message[key]
    for parameter in message["params"]:
        for one in parameter["Capabilities"]:
            yield side + ".capability", capability(one)


def information(tlvs):
    for tlv in tlvs:
        name, content = only(tlv)
        yield {"VrfTableName": "table_name", "SystemDescription": "sysDescr", "SystemName": "sysName"}[name], content


def path_text(segments):
    words = []
    for segment in segments:
        if segment["segment_type"] != "AsSequence":
            raise ValueError(segment)
        words += [str(asn) for asn in segment["as_numbers"]]
    return " ".join(words)


def extended(community):
    kind, content = only(community)
    name, content = only(content)
    if kind != "TransitiveTwoOctet":
        raise ValueError(community)
    number = {"RouteTarget": 2, "RouteOrigin": 3}[name]
    return "%x" % (number << 48 | content["global_admin"] << 32 | content["local_admin"])


def labelled(nlri):
    """Prefix, distinguisher and labels of a labelled or VPN route."""
    labels = nlri.get("label_stack") or nlri.get("labels")
    text = "+".join("%02x%02x%02x" % tuple(label) for label in labels)
    return "%s@%s/%s" % (nlri.get("network") or nlri.get("prefix"), distinguisher(nlri.get("rd")), text)


def routes(peer, update):
    attributes = {}
    unread = []
    for attribute in update["path_attributes"]:
        name, content = only(attribute["value"])
        attributes[name] = content
        if name == "PrefixSegmentIdentifier":
            unread.append(40)
        if name == "UnknownAttribute":
            unread.append(content["code"])
    path = path_text(attributes["AsPath"]["As4PathSegments"]) if "AsPath" in attributes else ""
    told = []  # what a station is to tell: of unicast alone
    front = table(peer) + " " + (address(peer["address"]) or "0.0.0.0") + "@" + distinguisher(peer["rd"])

    def announce(prefix, next_hop):
        told.append(" ".join(["announce", front, prefix, "by " + next_hop, "path " + path]))

    def withdraw(prefix):
        told.append(" ".join(["withdraw", front, prefix]))

    if "Origin" in attributes:
        yield "origin", {"IGP": 0, "EGP": 1, "Incomplete": 2}[attributes["Origin"]]
    if "AsPath" in attributes:
        yield "path", path
    if "NextHop" in attributes:
        yield "next_hop", attributes["NextHop"]["next_hop"]
    for key, name in (("MultiExitDiscriminator", "med"), ("LocalPreference", "local_pref")):
        if key in attributes:
            yield name, attributes[key]["metric"]
    if "Communities" in attributes:
        yield "communities", ",".join(map(str, attributes["Communities"]["communities"]))
    if "ExtendedCommunities" in attributes:
        yield "extended", ",".join(map(extended, attributes["ExtendedCommunities"]["communities"]))
    if "Originator" in attributes:
        yield "originator", attributes["Originator"]
    if "ClusterList" in attributes:
        yield "clusters", ",".join(attributes["ClusterList"])
    if "Aigp" in attributes:
        yield "aigp", attributes["Aigp"]["AccumulatedIgpMetric"]
    for code in unread:
        yield "other", code
    for nlri in update["withdrawn_routes"]:
        yield "withdraw", nlri["network"]
        withdraw(nlri["network"])
    end_of_rib = None
    if "MpUnreach" in attributes:
        name, content = only(attributes["MpUnreach"])
        yield "unreach", family(name)
        unicast = name in ("Ipv4Unicast", "Ipv6Unicast")
        for nlri in content["nlri"]:
            yield "withdraw", nlri["network"] if unicast else labelled(nlri)
            if unicast:
                withdraw(nlri["network"])
        if not content["nlri"] and name in ("Ipv4Unicast", "Ipv6Unicast") and len(update["path_attributes"]) == 1 and not update["nlri"]:
            end_of_rib = "ipv" + name[3]
    for nlri in update["nlri"]:
        yield "announce", nlri["network"]
        announce(nlri["network"], attributes["NextHop"]["next_hop"] if "NextHop" in attributes else "none")
    if "MpReach" in attributes:
        name, content = only(attributes["MpReach"])
        next_hop = content.get("next_hop_global") or content["next_hop"]
        if isinstance(next_hop, dict):  # with a distinguisher
            next_hop = only(next_hop)[1]["next_hop"]
        yield "reach", family(name)
        yield "reach_next_hop", mapped(next_hop)
        for nlri in content["nlri"]:
            if name in ("Ipv4Unicast", "Ipv6Unicast"):
                yield "announce", nlri["network"]
                announce(nlri["network"], mapped(next_hop))
            else:
                yield "announce", labelled(nlri)
    if not update["withdrawn_routes"] and not update["path_attributes"] and not update["nlri"]:
        end_of_rib = "ipv4"
    if end_of_rib:
        told.append(" ".join(["end-of-rib", front, end_of_rib]))
    for one in told:
        yield "told", one


def fields(version, name, body):
    yield "version", version
    yield "type", name
    if "peer_header" in body:
        yield from header(body["peer_header"])
    if name == "Initiation":
        yield from information(body["information"])
    elif name == "PeerUpNotification":
        yield "local_address", address(body["local_address"]) or "0.0.0.0"
        yield "local_port", body["local_port"] or 0
        yield "remote_port", body["remote_port"] or 0
        yield from opened("sent", body["sent_message"])
        yield from opened("received", body["received_message"])
        yield from information(body["information"])
    elif name == "PeerDownNotification":
        reason, content = only(body["reason"])
        yield "reason", {"RemoteSystemClosedNoData": 4, "LocalSystemClosedTlvDataFollows": 6}[reason]
        if content:
            yield from information([content])
    elif name == "StatisticsReport":
        for counter in body["counters"]:
            key, value = only(counter)
            if isinstance(value, list) and isinstance(value[0], str):
                yield "statistic", "%d:%s:%d" % (STATISTICS[key], family(value[0]), value[1])
            elif key.startswith("Experimental"):
                yield "statistic", "%s:%s" % (key[len("Experimental") :], bytes(value).hex())
            else:
                yield "statistic", "%d:%d" % (STATISTICS[key], value)
    elif name == "RouteMonitoring":
        if version == 3:
            update = body["update_message"]
        else:
            update = body["update_pdu"]["value"]["BgpUpdate"]
            yield "tlvs", ",".join(str(tlv["index"]) for tlv in body["tlvs"])
        yield from routes(body["peer_header"], update["Update"])


def main():
    with gzip.open(sys.argv[1], "rt") as lines:
        for line in lines:
            version, message = only(json.loads(line))
            if version not in ("V3", "V4"):
                print("error")
                continue
            name, body = only(message)
            print("\t".join("%s=%s" % field for field in fields(int(version[1]), name, body)))


if __name__ == "__main__":
    main()
