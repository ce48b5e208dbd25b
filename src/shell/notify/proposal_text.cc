#include "shell/notify/proposal_text.h"

#include "base/text.h"
#include "shell/config/network.h"

namespace fairway::notify {

std::string print(const Proposal& proposal) {
  if (proposal.sentences.empty()) return {};
  std::string text;
  for (const std::string& sentence : proposal.sentences) text += "# " + sentence + '\n';
  const std::string network = config::print_network(proposal.additions);
  std::string_view rest = network;
  cut(rest, '\n');  // the version: it stands in network.yaml already
  return text.append(rest);
}

}  // namespace fairway::notify
