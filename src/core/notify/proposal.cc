#include "core/notify/proposal.h"

#include <algorithm>

namespace fairway::notify {

namespace {

constexpr Duration kAgreed = days(30);
constexpr std::size_t kMost = 20;  // prefixes that are named one by one

class Proposer {
 public:
  Proposer(const Incident& incident, const Expectation& mine, Instant now)
      : incident_(incident), mine_(mine), now_(now) {}

  Proposal take() {
    switch (incident_.type) {
      case IncidentType::type_1: neighbours(); break;
      case IncidentType::origin:
      case IncidentType::sub_prefix: each_prefix(&Proposer::announcement); break;
      case IncidentType::outage_prefix:
      case IncidentType::outage_as: each_prefix(&Proposer::silence); break;
      default: exceptions(incident_.prefixes.size() <= kMost); break;
    }
    return std::move(proposal_);
  }

 private:
  void each_prefix(void (Proposer::*propose)(const Prefix&)) {
    if (incident_.prefixes.size() > kMost) return exceptions(false);
    for (const Prefix& prefix : incident_.prefixes) (this->*propose)(prefix);
  }

  // A prefix of mine came from another AS, or longer than it may.
  void announcement(const Prefix& prefix) {
    const OwnPrefix* own = mine_.covering(prefix);
    if (own == nullptr) return exception(prefix);
    std::vector<Asn> strangers;
    std::ranges::set_difference(incident_.offenders, own->origins, std::back_inserter(strangers));
    OwnPrefix addition;
    if (strangers.empty()) {
      addition.prefix = own->prefix;
      addition.origins = own->origins;
      addition.max_length = static_cast<std::uint8_t>(prefix.length());
      say("more-specifics of " + to_string(own->prefix) + " down to /" + std::to_string(prefix.length()) +
          " may be announced");
    } else {
      addition.prefix = prefix;
      addition.origins = strangers;
      for (const Asn asn : strangers) say("AS" + to_string(asn) + " may announce " + to_string(prefix));
    }
    proposal_.additions.prefixes.push_back(std::move(addition));
  }

  // A prefix of mine is not announced.
  void silence(const Prefix& prefix) {
    const OwnPrefix* own = mine_.covering(prefix);
    if (own == nullptr || own->prefix != prefix) return exception(prefix);
    OwnPrefix addition;
    addition.prefix = prefix;
    addition.origins = own->origins;
    addition.occasional = true;
    say(to_string(prefix) + " is announced at times only");
    proposal_.additions.prefixes.push_back(std::move(addition));
  }

  // Somebody stands next to my AS.
  void neighbours() {
    const bool all_mine =
        !incident_.victims.empty() && std::ranges::all_of(incident_.victims, [&](Asn asn) { return mine_.owns(asn); });
    if (!all_mine) return exceptions(incident_.prefixes.size() <= kMost);
    for (const Asn asn : incident_.offenders) {
      if (!mine_.neighbours(asn).empty()) continue;
      Neighbour neighbour;
      neighbour.asn = asn;
      say("AS" + to_string(asn) + " is a neighbour of mine; its role is still to be written down");
      proposal_.additions.neighbours.push_back(std::move(neighbour));
    }
  }

  void exceptions(bool named) {
    if (!named || incident_.prefixes.empty()) return exception(std::nullopt);
    for (const Prefix& prefix : incident_.prefixes) exception(prefix);
  }

  // What `asn` does to the prefix, or to any. An outage is done by nobody: there it is the one that is out.
  void exception(std::optional<Prefix> prefix) {
    const bool outage = kind_of(incident_.type) == IncidentKind::outage;
    const std::vector<Asn>& asns = outage ? incident_.victims : incident_.offenders;
    if (!prefix && asns.empty()) return;  // would excuse everything
    std::vector<std::optional<Asn>> who(asns.begin(), asns.end());
    if (who.empty()) who.emplace_back();
    for (const std::optional<Asn>& asn : who) {
      OwnException addition;
      addition.kind = to_string(kind_of(incident_.type));
      addition.prefix = prefix;
      addition.asn = asn;
      addition.expires = from_seconds((now_ + kAgreed).whole_seconds());
      addition.reason = "agreed after incident " + incident_.id;
      say((outage ? "an outage" : "a " + addition.kind) +
          (asn ? (outage ? " of AS" : " by AS") + to_string(*asn) : std::string()) + " is agreed until " +
          day_of(addition.expires) + (prefix ? ": " + to_string(*prefix) : std::string()));
      proposal_.additions.exceptions.push_back(std::move(addition));
    }
  }

  void say(std::string sentence) { proposal_.sentences.push_back(std::move(sentence)); }

  const Incident& incident_;
  const Expectation& mine_;
  Instant now_;
  Proposal proposal_;
};

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

Proposal propose(const Incident& incident, const Expectation& mine, Instant now) {
  return Proposer(incident, mine, now).take();
}

Network with(Network network, const Network& additions) {
  append(network.prefixes, additions.prefixes);
  append(network.neighbours, additions.neighbours);
  append(network.exceptions, additions.exceptions);
  return network;
}

}  // namespace fairway::notify
