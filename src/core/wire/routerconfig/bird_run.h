// One run of a filter. Within the module only.
#pragma once

#include "core/wire/routerconfig/bird_program.h"

namespace fairway::reader::bird {

class Run {
 public:
  Run(const Program& program, const Surroundings* surroundings, Probe route, Doubt* doubt)
      : program_(program), surroundings_(surroundings), route_(std::move(route)), doubt_(doubt) {}

  Decision filter(NodeId body);
  Decision where(NodeId term);
  Value value(NodeId id);

 private:
  // What a statement leaves: the next one, the end of the function, or the end of the filter.
  enum class Flow : std::uint8_t { on, finish, accept, reject, unknown };
  struct Variable {
    std::uint32_t name;
    Value value;
  };

  const Node& node(NodeId id) const { return program_.nodes[id]; }
  bool work();  // one step; false when there were too many
  // Ends the filter: as BIRD does on an error of its own (it rejects), or because something is not understood.
  Flow stop(Flow flow, std::uint32_t line, std::string why);
  Value error(std::uint32_t line, std::string why);
  Value not_known(std::uint32_t line, std::string why);
  Decision decision(Flow flow);

  Flow statement(NodeId id);
  Flow block(const Node& block);
  Flow condition(const Node& condition);
  Flow cases(const Node& cases);
  Flow loop(const Node& loop);
  Flow assignment(const Node& assignment);
  // A truth to act on: what is not known is asked of the doubt. Nothing: the filter has ended.
  std::optional<bool> truth(const Value& value, std::uint32_t line);

  Value chain(const Node& chain);
  Value binary(const Node& binary);
  Value tuple(const Node& tuple);
  Value call(const Node& call);
  Value validation(const Node& validation);
  const FedTable* table_of(const Node& validation) const;
  Value origin_state(const Node& validation, const Prefix& prefix, Asn asn);
  static Value enumerated(Enumerated::Kind kind, Validation state);
  Value property(const Node& property);
  Value path_property(const Node& property, const AsPath& path);
  template <class List>
  Value list_property(const Node& property, List list);
  Value attribute(const Node& attribute);
  bool set_attribute(const Node& attribute, const Value& value);
  void unset_attribute(std::string_view name);
  Value* variable(std::uint32_t name);

  const Program& program_;
  const Surroundings* surroundings_;  // null: there is no route
  Probe route_;
  Doubt* doubt_;
  std::vector<Variable> variables_;
  std::size_t frame_ = 0;  // where the variables of this function begin
  Value result_ = Void{};
  unsigned calls_ = 0;
  std::size_t steps_ = 0;
  bool ended_ = false;  // by an error or something not understood, within a term
  Flow ending_ = Flow::on;
  std::uint32_t line_ = 0;
  std::string why_;
};

}  // namespace fairway::reader::bird
