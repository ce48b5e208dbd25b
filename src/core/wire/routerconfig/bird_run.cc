#include "core/wire/routerconfig/bird_run.h"

#include <algorithm>

namespace fairway::reader::bird {

namespace {

using Op = Node::Op;

// A term without a route is worth less work than this.
constexpr std::size_t kMostSteps = 100'000;
constexpr unsigned kMostCalls = 60;

}  // namespace

bool Run::work() {
  if (ended_) return false;
  if (++steps_ <= kMostSteps && (doubt_ == nullptr || doubt_->work())) return true;
  stop(Flow::unknown, line_, "the filter does too much work");
  return false;
}

Run::Flow Run::stop(Flow flow, std::uint32_t line, std::string why) {
  if (!ended_) {
    ended_ = true;
    ending_ = flow;
    line_ = line;
    why_ = std::move(why);
  }
  return ending_;
}

Value Run::error(std::uint32_t line, std::string why) {
  stop(Flow::reject, line, "BIRD ends the filter there: " + why);
  return Unknown{line, why_};
}

Value Run::not_known(std::uint32_t line, std::string why) { return Unknown{line, std::move(why)}; }

Decision Run::decision(Flow flow) {
  Decision decision{.outcome = Outcome::unknown, .line = line_, .why = why_, .route = std::move(route_)};
  if (flow == Flow::accept) decision.outcome = Outcome::accept;
  if (flow == Flow::reject) decision.outcome = Outcome::reject;
  return decision;
}

Decision Run::filter(NodeId body) {
  Flow flow = statement(body);
  if (flow == Flow::on || flow == Flow::finish) {  // a filter that comes to its end rejects
    line_ = node(body).line;
    why_ = "the filter ends without accept";
    flow = Flow::reject;
  }
  return decision(flow);
}

Decision Run::where(NodeId term) {
  const std::uint32_t line = node(term).line;
  const auto holds = truth(value(term), line);
  if (!holds) return decision(ending_);
  line_ = line;
  why_ = *holds ? "where" : "where: it does not hold";
  return decision(*holds ? Flow::accept : Flow::reject);
}

std::optional<bool> Run::truth(const Value& value, std::uint32_t line) {
  if (ended_) return std::nullopt;
  if (const auto* known = std::get_if<bool>(&value)) return *known;
  if (const auto* unknown = std::get_if<Unknown>(&value)) {
    if (doubt_ != nullptr) return doubt_->ask(unknown->line, unknown->why);
    stop(Flow::unknown, unknown->line, unknown->why);
    return std::nullopt;
  }
  error(line, "a condition that is neither true nor false");
  return std::nullopt;
}

Run::Flow Run::statement(NodeId id) {
  if (!work()) return ending_;
  const Node& at = node(id);
  switch (at.op) {
    case Op::block: return block(at);
    case Op::condition: return condition(at);
    case Op::cases: return cases(at);
    case Op::loop: return loop(at);
    case Op::assignment: return assignment(at);
    case Op::nothing: return Flow::on;
    case Op::unset: unset_attribute(program_.names[at.a]); return Flow::on;
    case Op::declaration: {
      Value initial = at.kids.empty() ? Value(Void{}) : value(at.kids[0]);
      if (ended_) return ending_;
      variables_.push_back({at.a, std::move(initial)});
      return Flow::on;
    }
    case Op::accept:
    case Op::reject:
      ended_ = true;
      line_ = at.line;
      why_ = at.op == Op::accept ? "accept" : "reject";
      return ending_ = at.op == Op::accept ? Flow::accept : Flow::reject;
    case Op::finish:
      result_ = at.kids.empty() ? Value(Void{}) : value(at.kids[0]);
      return ended_ ? ending_ : Flow::finish;
    case Op::unknown: return stop(Flow::unknown, at.line, program_.names[at.a]);
    default:  // a term alone: a call
      value(id);
      return ended_ ? ending_ : Flow::on;
  }
}

Run::Flow Run::block(const Node& block) {
  const std::size_t variables = variables_.size();
  Flow flow = Flow::on;
  for (const NodeId kid : block.kids) {
    flow = statement(kid);
    if (flow != Flow::on) break;
  }
  variables_.resize(std::min(variables, variables_.size()), {0, Void{}});
  return flow;
}

Run::Flow Run::condition(const Node& condition) {
  std::size_t i = 0;
  for (; i + 1 < condition.kids.size(); i += 2) {
    const auto holds = truth(value(condition.kids[i]), node(condition.kids[i]).line);
    if (!holds) return ending_;
    if (*holds) return statement(condition.kids[i + 1]);
  }
  return i < condition.kids.size() ? statement(condition.kids[i]) : Flow::on;
}

Run::Flow Run::cases(const Node& cases) {
  const Value subject = value(cases.kids[0]);
  if (ended_) return ending_;
  NodeId otherwise = kNoNode;
  for (std::size_t i = 1; i + 1 < cases.kids.size(); i += 2) {
    if (cases.kids[i] == kNoNode) {
      otherwise = cases.kids[i + 1];
      continue;
    }
    if (const auto* unknown = std::get_if<Unknown>(&subject)) {
      const auto holds = truth(*unknown, cases.line);
      if (!holds) return ending_;
      if (*holds) return statement(cases.kids[i + 1]);
      continue;
    }
    const auto holds = match(subject, value(cases.kids[i]));
    if (holds && *holds) return statement(cases.kids[i + 1]);
  }
  return otherwise == kNoNode ? Flow::on : statement(otherwise);
}

Run::Flow Run::loop(const Node& loop) {
  const Value values = value(loop.kids[0]);
  if (ended_) return ending_;
  std::vector<Value> each;
  if (const auto* path = std::get_if<AsPath>(&values)) {
    for (const Asn asn : path->asns()) each.emplace_back(asn.value);
  } else if (const auto* list = std::get_if<Clist>(&values)) {
    for (const Community one : *list) each.emplace_back(Pair{one.value >> 16, one.value & 0xffff});
  } else if (const auto* large = std::get_if<LargeClist>(&values)) {
    for (const LargeCommunity& one : *large) each.emplace_back(one);
  } else {
    return stop(Flow::unknown, loop.line, "a loop over values that are not known");
  }
  const std::size_t variables = variables_.size();
  Flow flow = Flow::on;
  for (Value& one : each) {
    variables_.resize(variables, {0, Void{}});
    variables_.push_back({loop.a, std::move(one)});
    flow = statement(loop.kids[1]);
    if (flow != Flow::on) break;
  }
  variables_.resize(variables, {0, Void{}});
  return flow;
}

Run::Flow Run::assignment(const Node& assignment) {
  Value result = value(assignment.kids[1]);
  if (ended_) return ending_;
  const Node& target = node(assignment.kids[0]);
  if (target.op == Op::variable) {
    if (Value* held = variable(target.a)) {
      *held = std::move(result);
      return Flow::on;
    }
  } else if (target.op == Op::attribute && set_attribute(target, result)) {
    return Flow::on;
  }
  return stop(Flow::unknown, assignment.line, "an assignment that is not understood");
}

Value* Run::variable(std::uint32_t name) {
  for (std::size_t i = variables_.size(); i-- > frame_;) {
    if (variables_[i].name == name) return &variables_[i].value;
  }
  return nullptr;
}

Value Run::call(const Node& call) {
  const Function& function = program_.functions[call.a];
  if (call.kids.size() != function.arguments.size())
    return error(call.line, "a call with the wrong number of arguments");
  if (calls_ >= kMostCalls) {
    stop(Flow::unknown, call.line, "calls are nested too deeply");
    return Unknown{call.line, why_};
  }
  std::vector<Variable> arguments;
  for (std::size_t i = 0; i < call.kids.size(); ++i) {
    arguments.push_back({function.arguments[i], value(call.kids[i])});
    if (ended_) return Unknown{call.line, why_};
  }
  const std::size_t before = frame_, size = variables_.size();
  frame_ = size;
  for (Variable& argument : arguments) variables_.push_back(std::move(argument));
  result_ = Void{};
  ++calls_;
  const Flow flow = statement(function.body);
  --calls_;
  variables_.resize(size, {0, Void{}});
  frame_ = before;
  if (flow != Flow::on && flow != Flow::finish) return Unknown{call.line, why_};  // the whole filter has ended
  return std::exchange(result_, Void{});
}

Decision run(const Program& program, NodeId filter, bool term, const Surroundings& surroundings, const Probe& probe,
             Doubt& doubt) {
  Run run(program, &surroundings, probe, &doubt);
  return term ? run.where(filter) : run.filter(filter);
}

Value evaluate(const Program& program, NodeId term) {
  Run run(program, nullptr, {}, nullptr);
  return run.value(term);
}

}  // namespace fairway::reader::bird
