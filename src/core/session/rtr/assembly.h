// Assembly: the payload PDUs of one answer, put together when its End of Data came: all of it, or nothing.
#pragma once

#include <expected>
#include <memory>
#include <vector>

#include "core/tables/aspa.h"
#include "core/tables/vrp.h"
#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

// What one cache has told, never null.
struct Payload {
  std::shared_ptr<const VrpTable> vrps = std::make_shared<const VrpTable>();
  std::shared_ptr<const AspaTable> aspas = std::make_shared<const AspaTable>();
};

class Assembly {
 public:
  struct Limits {
    std::size_t most_vrps = 20'000'000;
    std::size_t most_providers = 50'000'000;  // of all ASPAs together
  };

  // `incremental`: the answer to a Serial Query, which says what changed; else it says everything.
  Assembly(bool incremental, Limits limits) : incremental_(incremental), limits_(limits) {}

  // A payload PDU; router keys are passed over. The fault: it must not be there, or there are too many.
  std::expected<void, Fault> add(const Pdu& pdu);

  struct Flaw {
    Fault fault;
    Pdu pdu;  // the one to be reported
  };
  // On top of `before`. Within one answer a record may go and come again.
  std::expected<Payload, Flaw> finish(const Payload& before, bool& changed) &&;

 private:
  std::expected<void, Flaw> apply_vrps(const Payload& before, Payload& after);
  std::expected<void, Flaw> apply_aspas(const Payload& before, Payload& after);

  bool incremental_;
  Limits limits_;
  std::vector<Vrp> announced_;      // of everything
  std::vector<PrefixPdu> changes_;  // of an incremental one
  std::vector<AspaPdu> aspas_;
  std::size_t providers_ = 0;
};

}  // namespace fairway::rtr
