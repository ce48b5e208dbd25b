// A small IRRd on the loopback address, for tests of what asks one: sets and routes that are told to it, served to one
// connection at a time.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"

namespace fairway {

// What it answers, without a socket.
struct WhoisRegistry {
  std::map<std::string, std::vector<std::string>> sets;    // by name: members, or prefixes with ranges
  std::map<std::string, std::vector<std::string>> routes;  // by "AS64500": prefixes of both families
  bool expands = true;                                     // it knows !a

  // The reply to one query; nothing for those that have none.
  std::string answer(std::string_view query) const {
    if (query == "!!" || query == "!q") return "";
    if (query == "!a") return expands ? "F Missing required set name for A query\n" : "F Unrecognized command\n";
    if (query == "!s-lc") return data({"RIPE,RADB"});
    if (query.starts_with("!n")) return "C\n";
    if (query.starts_with("!s"))
      return query.find("NOWHERE") == query.npos ? "C\n" : "F One or more selected sources are unavailable.\n";
    if (query.starts_with("!a") && expands) return all_prefixes(query[2], std::string(query.substr(3)));
    if (query.starts_with("!i")) {
      const bool recursive = query.ends_with(",1");
      const std::string name(query.substr(2, query.size() - 2 - (recursive ? 2 : 0)));
      if (!sets.contains(to_upper(name))) return "D\n";
      std::set<std::string> seen;
      return data(recursive ? members(name, seen) : sets.at(to_upper(name)));
    }
    if (query.starts_with("!g")) return routes_of('4', to_upper(query.substr(2)));
    if (query.starts_with("!6")) return routes_of('6', to_upper(query.substr(2)));
    return "F Unrecognized command\n";
  }

 private:
  static std::string data(const std::vector<std::string>& words) {
    if (words.empty()) return "C\n";
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    text += '\n';
    return "A" + std::to_string(text.size()) + "\n" + text + "C\n";
  }
  static bool is_of(char family, const std::string& prefix) {
    return (prefix.find(':') != prefix.npos) == (family == '6');
  }

  std::vector<std::string> members(const std::string& name, std::set<std::string>& seen) const {
    std::vector<std::string> all;
    const auto set = sets.find(to_upper(name));
    if (set == sets.end() || !seen.insert(set->first).second) return all;
    for (const std::string& member : set->second) {
      if (member.find("-") != member.npos && member.find('/') == member.npos) {
        for (std::string& one : members(member, seen)) all.push_back(std::move(one));
      } else if (seen.insert(member).second) {
        all.push_back(member);
      }
    }
    return all;
  }
  std::string all_prefixes(char family, const std::string& name) const {
    if (!sets.contains(to_upper(name))) return "D\n";
    std::set<std::string> seen, prefixes;
    for (const std::string& member : members(name, seen)) {
      const auto found = routes.find(to_upper(member));
      if (found == routes.end()) continue;
      for (const std::string& prefix : found->second) {
        if (is_of(family, prefix)) prefixes.insert(prefix);
      }
    }
    return data({prefixes.begin(), prefixes.end()});
  }
  std::string routes_of(char family, const std::string& asn) const {
    const auto found = routes.find(asn);
    if (found == routes.end()) return "D\n";
    std::vector<std::string> prefixes;
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(prefixes),
                 [&](const std::string& prefix) { return is_of(family, prefix); });
    return data(prefixes);
  }
};

class WhoisServer {
 public:
  explicit WhoisServer(WhoisRegistry registry) : registry_(std::move(registry)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    name_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~WhoisServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  WhoisServer(const WhoisServer&) = delete;
  WhoisServer& operator=(const WhoisServer&) = delete;

  const std::string& name() const { return name_; }  // "127.0.0.1:4300"

 private:
  void serve() {
    for (int connection; (connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      std::string held;
      char block[4096];
      for (ssize_t size; (size = ::recv(connection, block, sizeof block, 0)) > 0;) {
        held.append(block, static_cast<std::size_t>(size));
        std::string replies;
        for (std::size_t end; (end = held.find('\n')) != held.npos; held.erase(0, end + 1)) {
          replies += registry_.answer(std::string_view(held).substr(0, end));
        }
        for (std::size_t at = 0; at < replies.size();) {
          const ssize_t sent = ::send(connection, replies.data() + at, replies.size() - at, MSG_NOSIGNAL);
          if (sent <= 0) break;
          at += static_cast<std::size_t>(sent);
        }
      }
      ::close(connection);
    }
  }

  const WhoisRegistry registry_;
  int listener_ = -1;
  std::string name_;
  std::thread thread_;
};

}  // namespace fairway
