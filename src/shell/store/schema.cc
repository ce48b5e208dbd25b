#include "shell/store/schema.h"

namespace fairway::store {
namespace {

// Times are microseconds since 1970, UTC.
constexpr std::string_view kMigrations[] = {
    R"sql(
CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  opened INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  json TEXT NOT NULL,      -- docs/formats/incidents.md, the last state
  telling TEXT NOT NULL    -- what was told of it to whom
) WITHOUT ROWID;
CREATE INDEX incident_by_time ON incident (opened DESC, id);
CREATE INDEX incident_by_state ON incident (state, opened DESC);

CREATE TABLE transition (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- of all transitions, in their order
  incident TEXT NOT NULL,
  sequence INTEGER NOT NULL,                 -- of this incident's, from 1
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  json TEXT NOT NULL,                        -- the incident after it
  UNIQUE (incident, sequence)
);

CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL,
  id TEXT NOT NULL,            -- the notification's
  incident TEXT NOT NULL,
  sequence INTEGER NOT NULL,   -- the transition that it tells
  stage TEXT NOT NULL,
  severity INTEGER NOT NULL,
  at INTEGER NOT NULL,
  queued INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting',     -- waiting, sent, given up
  ended INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (channel, id)
);
CREATE INDEX outbox_waiting ON outbox (channel, number) WHERE state = 'waiting';
)sql",
};

}  // namespace

std::span<const std::string_view> migrations() { return kMigrations; }

}  // namespace fairway::store
