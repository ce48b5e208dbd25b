// Whom `fairway expand` asks when no whois server is named: the registries at hand.
#pragma once

#include <expected>

#include "apps/fairway/world_options.h"
#include "core/session/whois_client/set_query.h"

namespace fairway {

// Loads the World that the options name and answers from it. What went wrong is told on `err`.
std::expected<SetAnswer, ExitCode> answer_from_registries(const WorldOptions& world, const SetQuery& query,
                                                          Output& err);

}  // namespace fairway
