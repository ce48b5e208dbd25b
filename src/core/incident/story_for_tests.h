// Story: a small Internet told in words, for tests: views with tables, then what they tell, second by second; and the
// incidents that come of it. The view's own AS is put at the head of every path.
//
//   Story story;                                      // four full views of one collector
//   story.table("192.0.2.0/24", "3356 64496").start();
//   story.all(10, "192.0.2.0/24", "174 666").wait(60);
//   EXPECT_EQ(story.told(), "60 opened hijack origin 666 > 64496\n");
#pragma once

#include <string>
#include <vector>

#include "core/incident/engine.h"
#include "core/tables/world.h"

namespace fairway {

class Story : public IncidentSink {
 public:
  static constexpr std::int64_t kStart = 1'400'000'000;

  explicit Story(unsigned views = 4, World world = {}, EngineOptions options = {})
      : world_(std::move(world)), views_(views), engine_(world_, options, *this), collector_(engine_.source("rrc00")) {}

  // Every view has it at the start.
  Story& table(const std::string& prefix, const std::string& path) {
    for (unsigned view = 0; view < views_; ++view) rib(view, prefix, path);
    return *this;
  }
  Story& rib(unsigned view, const std::string& prefix, const std::string& path) {
    tell(EventKind::rib, view, 0, prefix, path);
    return *this;
  }
  // Some Internet in the background: /24s of the given number of origins, from AS 1001 on, one each.
  Story& background(unsigned origins = 50) {
    for (unsigned i = 0; i < origins; ++i)
      table("20." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + ".0/24",
            "3356 " + std::to_string(1001 + i));
    return *this;
  }
  Story& start() {
    engine_.end_of_table(collector_);
    return *this;
  }

  Story& announce(std::int64_t second, unsigned view, const std::string& prefix, const std::string& path) {
    tell(EventKind::announce, view, second, prefix, path);
    return *this;
  }
  Story& withdraw(std::int64_t second, unsigned view, const std::string& prefix) {
    tell(EventKind::withdraw, view, second, prefix, "");
    return *this;
  }
  Story& all(std::int64_t second, const std::string& prefix, const std::string& path) {
    for (unsigned view = 0; view < views_; ++view) announce(second, view, prefix, path);
    return *this;
  }
  Story& all_withdraw(std::int64_t second, const std::string& prefix) {
    for (unsigned view = 0; view < views_; ++view) withdraw(second, view, prefix);
    return *this;
  }
  Story& session(std::int64_t second, unsigned view, bool up) {
    RouteEvent event;
    event.kind = EventKind::state;
    event.time = time(second);
    event.peer = peer(view);
    event.old_state = up ? 5 : 6;
    event.new_state = up ? 6 : 1;
    engine_.apply(collector_, event);
    return *this;
  }
  Story& wait(std::int64_t second) {
    engine_.advance(time(second));
    return *this;
  }
  Story& end() {
    engine_.finish();
    return *this;
  }

  // One line a transition: "SECOND opened KIND TYPE OFFENDERS > VICTIMS".
  const std::string& told() const { return told_; }
  const std::vector<Incident>& incidents() const { return last_; }
  Engine& engine() { return engine_; }
  SourceId collector() const { return collector_; }
  const Incident* find(const std::string& type) const {
    for (const Incident& incident : last_) {
      if (to_string(incident.type) == type) return &incident;
    }
    return nullptr;
  }
  static bool has(const Incident& incident, std::string_view evidence) {
    for (const Evidence& e : incident.evidence) {
      if (e.name == evidence) return true;
    }
    return false;
  }

  static Peer peer(unsigned view) { return {IpAddress::ipv4(0xC6336401 + view), Asn{3001 + view}}; }
  static Instant time(std::int64_t second) { return from_seconds(kStart + second); }

  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    const auto list = [](const std::vector<Asn>& asns) {
      std::string text;
      for (const Asn asn : asns) text += (text.empty() ? "" : ",") + to_string(asn);
      return text;
    };
    if (transition != Transition::changed) {
      told_ += std::to_string(at.whole_seconds() - kStart) + ' ' + std::string(to_string(transition)) + ' ' +
               std::string(to_string(kind_of(incident.type))) + ' ' + std::string(to_string(incident.type)) + ' ' +
               list(incident.offenders) + " > " + list(incident.victims) + '\n';
    }
    for (Incident& known : last_) {
      if (known.id != incident.id) continue;
      known = incident;
      return;
    }
    last_.push_back(incident);
  }

 private:
  void tell(EventKind kind, unsigned view, std::int64_t second, const std::string& prefix, const std::string& path) {
    RouteEvent event;
    event.kind = kind;
    event.time = time(second);
    event.peer = peer(view);
    event.prefix = *parse_prefix(prefix);
    Attributes attributes;
    attributes.has_as_path = true;
    attributes.origin = OriginCode::igp;
    if (kind != EventKind::withdraw) {
      attributes.as_path = *parse_as_path(to_string(event.peer.asn) + ' ' + path);
      event.attributes = &attributes;
    }
    engine_.apply(collector_, event);
  }

  World world_;
  unsigned views_;
  std::string told_;
  std::vector<Incident> last_;
  Engine engine_;
  SourceId collector_;
};

}  // namespace fairway
