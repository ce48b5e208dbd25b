// What every verb of `fairway filter` begins with: my network, the World, and the document that follows from both.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "apps/fairway/options.h"
#include "apps/fairway/world_options.h"
#include "core/actions/filtering/document.h"
#include "shell/config/members.h"

namespace fairway {

struct DocumentOptions {
  std::string network = "network.yaml";
  std::vector<std::string> neighbours;  // ASNs; empty: all
  std::optional<std::string> members;   // an IX-F export: I am the route server of its members
  config::MemberChoice choice;
  WorldOptions world;
};

// Declares the neighbours, --network, --members, --trust and the World's options.
void declare_document(Options& options, DocumentOptions& document);

struct LoadedDocument {
  Network network;
  std::shared_ptr<const World> world;
  filtering::Document document;  // with the secrets of the sessions
  ExitCode code = ExitCode::fine;
};

// Everything that goes wrong is told on `err` as `fairway COMMAND: ...`.
std::expected<LoadedDocument, ExitCode> load_document(const DocumentOptions& options, std::string_view command,
                                                      Output& err);

}  // namespace fairway
