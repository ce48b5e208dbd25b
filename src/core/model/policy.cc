#include "core/model/policy.h"

#include "core/model/prefix.h"

namespace fairway {

std::uint32_t PolicyParts::add(PolicyNode node) {
  nodes.push_back(node);
  return static_cast<std::uint32_t>(nodes.size() - 1);
}

std::uint32_t PolicyParts::add(PolicyNode::Kind operation, const std::vector<std::uint32_t>& expressions) {
  if (expressions.size() == 1 && operation != PolicyNode::Kind::negation) return expressions.front();
  const auto first = static_cast<std::uint32_t>(operands.size());
  operands.insert(operands.end(), expressions.begin(), expressions.end());
  return add({operation, {}, first, static_cast<std::uint32_t>(operands.size())});
}

std::string leaf_text(const PolicyParts& parts, std::span<const std::string> names, const PolicyNode& node) {
  std::string text;
  switch (node.kind) {
    case PolicyNode::Kind::any: return "ANY";
    case PolicyNode::Kind::asn: text = "AS" + std::to_string(node.first); break;
    case PolicyNode::Kind::peer_as: text = "PeerAS"; break;
    case PolicyNode::Kind::registered: text = "RS-ANY"; break;
    case PolicyNode::Kind::as_set:
    case PolicyNode::Kind::route_set:
    case PolicyNode::Kind::filter_set:
    case PolicyNode::Kind::peering_set:
    case PolicyNode::Kind::attribute: text = names[node.first]; break;
    case PolicyNode::Kind::prefixes:
      text = "{";
      if (node.first != node.end) append_to(text, parts.ranges[node.first].prefix);
      return text + (node.end - node.first > 1 ? ", ...}" : "}");
    case PolicyNode::Kind::path: return "<" + parts.paths[node.first].text + ">";
    default: return "?";
  }
  append_to(text, node.range);
  return text;
}

}  // namespace fairway
