#include "core/rib/attribute_store.h"

#include <cstring>

namespace fairway {
namespace {

// A set: path id, flags, then the fields that the flags name, in this order. Numbers as the machine keeps them: nothing
// of it leaves memory. A path: the number of segments (0: one AS_SEQUENCE, or none if there is no ASN), a word a
// segment (type << 28 | size), the ASNs.
enum Flag : std::uint32_t {
  origin_low = 1,
  origin_high = 2,
  has_origin = 4,
  has_path = 8,
  next_hop = 16,
  link_local = 32,
  med = 64,
  local_pref = 128,
  atomic = 256,
  aggregator = 512,
  communities = 1024,
  extended = 2048,
  large = 4096,
  originator = 8192,
  clusters = 16384,
  aigp = 32768,
  has_otc = 65536,
  unknown = 131072,
};

class Writer {
 public:
  explicit Writer(std::vector<std::uint8_t>& out) : out_(out) { out_.clear(); }
  template <class T>
  void put(const T& value) {
    const std::size_t at = out_.size();
    out_.resize(at + sizeof(T));
    std::memcpy(out_.data() + at, &value, sizeof(T));
  }
  void put(const IpAddress& address) {
    put(static_cast<std::uint8_t>(address.family));
    put(address.high);
    if (address.family == Family::ipv6) put(address.low);
  }
  template <class T>
  void put_all(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) put(value);
  }

 private:
  std::vector<std::uint8_t>& out_;
};

class Reader {
 public:
  explicit Reader(Bytes octets) : at_(octets.data()) {}
  template <class T>
  void get(T& value) {
    std::memcpy(&value, at_, sizeof(T));
    at_ += sizeof(T);
  }
  template <class T>
  T get() {
    T value{};
    get(value);
    return value;
  }
  void get(IpAddress& address) {
    address.family = static_cast<Family>(get<std::uint8_t>());
    get(address.high);
    address.low = 0;
    if (address.family == Family::ipv6) get(address.low);
  }
  template <class T>
  void get_all(std::vector<T>& values) {
    values.resize(get<std::uint32_t>());
    for (T& value : values) get(value);
  }
  Bytes take(std::size_t size) {
    const Bytes taken{at_, size};
    at_ += size;
    return taken;
  }

 private:
  const std::uint8_t* at_;
};

void encode_path(const AsPath& path, std::vector<std::uint8_t>& out) {
  Writer writer(out);
  const auto segments = path.segments();
  const bool simple =
      segments.empty() || (segments.size() == 1 && segments[0].type == SegmentType::sequence && segments[0].end != 0);
  writer.put(simple ? std::uint32_t{0} : static_cast<std::uint32_t>(segments.size()));
  if (!simple) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      writer.put(static_cast<std::uint32_t>(segments[i].type) << 28 |
                 static_cast<std::uint32_t>(path.asns_of(i).size()));
    }
  }
  const std::size_t at = out.size(), size = path.asns().size_bytes();
  out.resize(at + size);
  if (size != 0) std::memcpy(out.data() + at, path.asns().data(), size);
}

std::uint32_t word(Bytes octets, std::size_t index) {
  std::uint32_t value;
  std::memcpy(&value, octets.data() + 4 * index, 4);
  return value;
}

std::uint32_t flags_of(const Attributes& a) {
  std::uint32_t flags = 0;
  if (a.origin) flags |= has_origin | (static_cast<std::uint32_t>(*a.origin) & 3);
  if (a.has_as_path) flags |= has_path;
  if (a.next_hop) flags |= next_hop;
  if (a.link_local_next_hop) flags |= link_local;
  if (a.med) flags |= med;
  if (a.local_pref) flags |= local_pref;
  if (a.atomic_aggregate) flags |= atomic;
  if (a.aggregator) flags |= aggregator;
  if (!a.communities.empty()) flags |= communities;
  if (!a.extended_communities.empty()) flags |= extended;
  if (!a.large_communities.empty()) flags |= large;
  if (a.originator_id) flags |= originator;
  if (!a.cluster_list.empty()) flags |= clusters;
  if (a.aigp) flags |= aigp;
  if (a.otc) flags |= has_otc;
  if (!a.unknown.empty()) flags |= unknown;
  return flags;
}

}  // namespace

AttributeStore::Interned AttributeStore::intern(const Attributes& a) {
  encode_path(a.as_path, scratch_);
  const OctetStore::Interned path = paths_.intern(scratch_);

  const std::uint32_t flags = flags_of(a);
  Writer writer(scratch_);
  writer.put(path.id);
  writer.put(flags);
  if (a.otc) writer.put(a.otc->value);  // first, so that otc() finds it
  if (a.next_hop) writer.put(*a.next_hop);
  if (a.link_local_next_hop) writer.put(*a.link_local_next_hop);
  if (a.med) writer.put(*a.med);
  if (a.local_pref) writer.put(*a.local_pref);
  if (a.aggregator) {
    writer.put(a.aggregator->asn.value);
    writer.put(a.aggregator->address);
  }
  if (flags & communities) writer.put_all(a.communities);
  if (flags & extended) writer.put_all(a.extended_communities);
  if (flags & large) writer.put_all(a.large_communities);
  if (a.originator_id) writer.put(*a.originator_id);
  if (flags & clusters) writer.put_all(a.cluster_list);
  if (a.aigp) writer.put(*a.aigp);
  if (flags & unknown) {
    writer.put(static_cast<std::uint32_t>(a.unknown.size()));
    for (const RawAttribute& raw : a.unknown) {
      writer.put(raw.flags);
      writer.put(raw.type);
      writer.put(static_cast<std::uint32_t>(raw.value.size()));
      scratch_.insert(scratch_.end(), raw.value.begin(), raw.value.end());
    }
  }
  const OctetStore::Interned set = sets_.intern(scratch_);
  if (!set.fresh) paths_.release(path.id);  // the set holds one already
  return {AttributesId{set.id}, PathId{path.id}, path.fresh, a.otc.has_value()};
}

void AttributeStore::release(AttributesId id) {
  const auto set = static_cast<std::uint32_t>(id);
  const std::uint32_t path = word(sets_.octets(set), 0);
  if (sets_.release(set)) paths_.release(path);
}

PathId AttributeStore::path_of(AttributesId id) const {
  return PathId{word(sets_.octets(static_cast<std::uint32_t>(id)), 0)};
}

std::span<const Asn> AttributeStore::asns(PathId path) const {
  const Bytes octets = paths_.octets(static_cast<std::uint32_t>(path));
  const std::size_t start = 1 + word(octets, 0);
  static_assert(sizeof(Asn) == 4 && alignof(Asn) == 4);
  return {reinterpret_cast<const Asn*>(octets.data() + 4 * start), octets.size() / 4 - start};
}

bool AttributeStore::is_plain(PathId path) const {
  const Bytes octets = paths_.octets(static_cast<std::uint32_t>(path));
  for (std::uint32_t i = 0, segments = word(octets, 0); i < segments; ++i) {
    if (word(octets, 1 + i) >> 28 != static_cast<std::uint32_t>(SegmentType::sequence)) return false;
  }
  return true;
}

AsPath AttributeStore::path(PathId id) const {
  const Bytes octets = paths_.octets(static_cast<std::uint32_t>(id));
  const std::span<const Asn> all = asns(id);
  const std::uint32_t segments = word(octets, 0);
  if (segments == 0) return all.empty() ? AsPath() : AsPath(all);
  AsPath result;
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < segments; ++i) {
    const std::uint32_t head = word(octets, 1 + i);
    const std::size_t size = head & 0x0FFFFFFF;
    result.add(static_cast<SegmentType>(head >> 28), all.subspan(at, size));
    at += size;
  }
  return result;
}

std::optional<Asn> AttributeStore::otc(AttributesId id) const {
  const Bytes octets = sets_.octets(static_cast<std::uint32_t>(id));
  if ((word(octets, 1) & has_otc) == 0) return std::nullopt;
  return Asn{word(octets, 2)};
}

Attributes AttributeStore::attributes(AttributesId id) const {
  Reader reader(sets_.octets(static_cast<std::uint32_t>(id)));
  Attributes a;
  const auto read_address = [&](std::optional<IpAddress>& address) { reader.get(address.emplace()); };
  const PathId path_id{reader.get<std::uint32_t>()};
  const auto flags = reader.get<std::uint32_t>();
  a.as_path = path(path_id);
  a.has_as_path = flags & has_path;
  if (flags & has_origin) a.origin = static_cast<OriginCode>(flags & 3);
  a.atomic_aggregate = flags & atomic;
  if (flags & has_otc) a.otc = Asn{reader.get<std::uint32_t>()};
  if (flags & next_hop) read_address(a.next_hop);
  if (flags & link_local) read_address(a.link_local_next_hop);
  if (flags & med) a.med = reader.get<std::uint32_t>();
  if (flags & local_pref) a.local_pref = reader.get<std::uint32_t>();
  if (flags & aggregator) {
    a.aggregator.emplace();
    reader.get(a.aggregator->asn.value);
    reader.get(a.aggregator->address);
  }
  if (flags & communities) reader.get_all(a.communities);
  if (flags & extended) reader.get_all(a.extended_communities);
  if (flags & large) reader.get_all(a.large_communities);
  if (flags & originator) read_address(a.originator_id);
  if (flags & clusters) reader.get_all(a.cluster_list);
  if (flags & aigp) a.aigp = reader.get<std::uint64_t>();
  if (flags & unknown) {
    a.unknown.resize(reader.get<std::uint32_t>());
    for (RawAttribute& raw : a.unknown) {
      reader.get(raw.flags);
      reader.get(raw.type);
      raw.value = reader.take(reader.get<std::uint32_t>());
    }
  }
  return a;
}

}  // namespace fairway
