// AsPath: the AS_PATH attribute (RFC 4271 section 4.3, RFC 5065): segments of ASNs, neighbour first, origin last. Meant
// to be reused: clear() keeps the memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"

namespace fairway {

enum class SegmentType : std::uint8_t { set = 1, sequence = 2, confed_sequence = 3, confed_set = 4 };

// What stands at the origin end (RFC 6811 section 2): an AS; nothing that can be compared (AS_SET); or the speaker
// itself (an empty path, or one that ends in a confederation).
struct PathOrigin {
  enum class Kind : std::uint8_t { as, none, local };
  Kind kind = Kind::local;
  Asn asn;  // if kind is `as`

  friend bool operator==(const PathOrigin&, const PathOrigin&) = default;
};

class AsPath {
 public:
  struct Segment {
    SegmentType type = SegmentType::sequence;
    std::uint32_t end = 0;  // one past its last ASN in asns()

    friend bool operator==(const Segment&, const Segment&) = default;
  };

  AsPath() = default;
  // One AS_SEQUENCE; none if `asns` is empty.
  explicit AsPath(std::span<const Asn> asns) { add(SegmentType::sequence, asns); }

  void clear() {
    asns_.clear();
    segments_.clear();
  }
  // Appends a segment at the origin end. Segments of no ASN are kept (they can be on the wire), except by the
  // constructor.
  void add(SegmentType type, std::span<const Asn> asns) {
    asns_.insert(asns_.end(), asns.begin(), asns.end());
    segments_.push_back({type, static_cast<std::uint32_t>(asns_.size())});
  }
  // For decoders: append ASNs first, then close the segment over those added since the last.
  std::vector<Asn>& raw_asns() { return asns_; }
  void close_segment(SegmentType type) { segments_.push_back({type, static_cast<std::uint32_t>(asns_.size())}); }

  bool empty() const { return asns_.empty(); }
  std::span<const Asn> asns() const { return asns_; }  // of all segments, in order
  std::span<const Segment> segments() const { return segments_; }
  std::span<const Asn> asns_of(std::size_t segment) const {
    const std::uint32_t begin = segment == 0 ? 0 : segments_[segment - 1].end;
    return std::span(asns_).subspan(begin, segments_[segment].end - begin);
  }

  // Only AS_SEQUENCE segments: asns() is then the path.
  bool is_plain() const {
    for (const Segment& segment : segments_) {
      if (segment.type != SegmentType::sequence) return false;
    }
    return true;
  }
  bool has(SegmentType type) const {
    for (const Segment& segment : segments_) {
      if (segment.type == type) return true;
    }
    return false;
  }
  bool contains(Asn asn) const;

  PathOrigin origin() const;
  // The AS that announced the route to us: the first of a leading AS_SEQUENCE (confederation segments in front are
  // passed over).
  std::optional<Asn> neighbour() const;
  // RFC 4271 section 9.1.2.2: an AS_SET counts 1; confederation segments count nothing (RFC 5065 section 5.3).
  unsigned length() const;

  friend bool operator==(const AsPath&, const AsPath&) = default;

 private:
  std::vector<Asn> asns_;
  std::vector<Segment> segments_;
};

// "64500 64501 {64502,64503}"; confederations as "(64512 64513)" and "[64512,64513]". The form in which the field
// prints paths.
void append_to(std::string& out, const AsPath& path);
std::string to_string(const AsPath& path);

// Reads that form; commas between ASNs outside of sets are taken as blanks. Nothing if a word is no ASN or a bracket is
// not closed.
std::optional<AsPath> parse_as_path(std::string_view text);

}  // namespace fairway
