#include "core/session/nrtm/apply.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <vector>

#include "base/text.h"
#include "core/wire/rpsl/object_key.h"
#include "core/wire/rpsl/objects.h"

namespace fairway::nrtm {

namespace {

std::string key_of(const RpslObject& object) {
  const auto key = primary_key_of(object);
  return key ? primary_key(to_lower(object.attributes.front().name), *key) : std::string();
}

// From its first attribute to the end of its last, without a line feed behind.
std::string_view text_of(const RpslObject& object) {
  const char* begin = object.attributes.front().name.data();
  const std::string_view last = object.attributes.back().value;
  return trim({begin, static_cast<std::size_t>(last.data() + last.size() - begin)});
}

class Application {
 public:
  Application(std::span<Change> changes, std::string_view source) : changes_(changes), source_(source) {
    for (std::size_t i = 0; i < changes.size(); ++i) take(i);
  }

  Applied run(Bytes dump) {
    result_.text.reserve(dump.size() + dump.size() / 8);
    RpslObjects objects(dump);
    RpslObject object;
    while (objects.next(object)) {
      if (is_foreign(object)) {
        ++result_.foreign;
        continue;
      }
      const auto found = places_.empty() ? places_.end() : places_.find(key_of(object));
      if (found == places_.end()) {
        add(text_of(object));
        continue;
      }
      Subject& subject = subjects_[found->second];
      if (subject.there) continue;  // a second one of this key is replaced, or goes, with the first
      subject.there = true;
      subject.old = text_of(object);
      if (const Change& last = changes_[subject.changes.back()]; last.action == Change::Action::add)
        add(trim(last.object));
    }
    for (const Subject& subject : subjects_) {
      const Change& last = changes_[subject.changes.back()];
      if (!subject.there && last.action == Change::Action::add) add(trim(last.object));
      count(subject);
    }
    return std::move(result_);
  }

 private:
  // An object that changes.
  struct Subject {
    std::vector<std::size_t> changes;
    bool there = false;    // in the dump
    std::string_view old;  // as it was there
  };

  void take(std::size_t index) {
    Change& change = changes_[index];
    if (!change.object.empty()) {
      RpslObjects objects(as_bytes(change.object));
      const bool one = objects.next(object_);
      change.key = one ? key_of(object_) : std::string();
      RpslObject second;
      if (one && objects.next(second)) change.key.clear();
      if (!change.key.empty() && is_foreign(object_)) {
        ++result_.foreign;
        return;
      }
      // Without what a text may have around its object.
      if (!change.key.empty()) change.object = std::string(text_of(object_)) + "\n";
    }
    if (change.key.empty()) {
      ++result_.unreadable;
      return;
    }
    const auto [place, fresh] = places_.try_emplace(change.key, subjects_.size());
    if (fresh) subjects_.emplace_back();
    subjects_[place->second].changes.push_back(index);
  }

  bool is_foreign(const RpslObject& object) const {
    const RpslAttribute* source = object.find("source");
    if (source == nullptr) return false;
    const std::string_view plain = trim(source->value);
    return !equal_ignoring_case(plain, source_) && !equal_ignoring_case(rpsl_value(plain), source_);
  }

  void add(std::string_view object) {
    ++result_.objects;
    result_.text.append(object).append("\n\n");
  }

  void count(const Subject& subject) {
    bool there = subject.there;
    std::string_view text = subject.old;
    for (const std::size_t index : subject.changes) {
      Change& change = changes_[index];
      if (change.action == Change::Action::add) {
        ++(there ? result_.replaced : result_.added);
        there = true;
        text = trim(change.object);
      } else if (there) {
        ++result_.removed;
        if (change.object.empty()) change.object.append(text).append("\n");
        there = false;
      } else {
        if (result_.absent++ == 0) result_.first_absent = change.key;
      }
    }
  }

  std::span<Change> changes_;
  std::string_view source_;
  RpslObject object_;
  std::vector<Subject> subjects_;  // in the order of their first changes
  boost::unordered_flat_map<std::string, std::size_t> places_;
  Applied result_;
};

}  // namespace

Applied apply(Bytes dump, std::span<Change> changes, std::string_view source) {
  return Application(changes, source).run(dump);
}

}  // namespace fairway::nrtm
