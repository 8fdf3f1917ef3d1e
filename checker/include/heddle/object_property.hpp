// Property tests of concurrent objects: generated operations, all their interleavings, and a sequential model. Needs
// RapidCheck.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <heddle/case_plan.hpp>
#include <heddle/object_case.hpp>
#include <heddle/property.hpp>
#include <heddle/property_case.hpp>
#include <heddle/sim/value_text.hpp>
#include <heddle/state_space.hpp>

namespace heddle {

/**
 * What an object of several threads promises: that each of its operations seems to happen at one moment between its
 * call and its return (linearizability: Herlihy and Wing, TOPLAS 1990), and then does what the model does, which is
 * the same object for one thread, in its simplest form.
 *
 * A check generates cases: operations before, in two or more threads at once, and after. Each case is run under all its
 * interleavings, and each different history is checked against the model. A case that fails is made smaller, operation
 * by operation; then its schedule is.
 *
 * `Object` is made anew for each execution; what it shares between threads has to be of Heddle's types. `Model` is a
 * value with `<`, the state of the object.
 *
 * @code
 *   heddle::object_property<my_stack, std::vector<int>> property("my-stack");
 *   property.operation("push", [](my_stack& it, int value) { it.push(value); },
 *                      [](std::vector<int>& model, int value) { model.push_back(value); }, rc::gen::inRange(1, 4));
 *   property.operation("empty", [](my_stack& it) { return it.empty(); },
 *                      [](std::vector<int>& model) { return model.empty(); });
 *   std::cout << to_text(property.check());
 * @endcode
 */
template <class Object, class Model>
class object_property {
  static_assert(
      requires(const Model& a, const Model& b) {
        { a < b } -> std::convertible_to<bool>;
      },
      "a model is compared: give it operator<, or operator<=> (= default will do)");

 public:
  /** How large the cases are, and how thoroughly each is run. */
  struct sizes {
    std::uint32_t threads = 2;     ///< at most as many at once, and at least 2
    std::uint32_t per_thread = 3;  ///< operations, at most
    std::uint32_t before = 2;
    std::uint32_t after = 2;
  };

  explicit object_property(
      std::string name, Model initial = {},
      std::function<std::shared_ptr<Object>()> make = [] { return std::make_shared<Object>(); })
      : name_(std::move(name)), initial_(std::move(initial)), make_(std::move(make)) {}

  /** What can be said of an operation besides what it does. */
  template <class... Arguments>
  class details {
   public:
    using predicate = std::function<bool(const Model&, const Arguments&...)>;

    /** The operation may only be called where `holds` is true of the model's state, whatever the others did by then. */
    details& when(predicate holds) { return when_ = std::move(holds), *this; }
    /** The operation waits while `holds` is true of the model's state: there it may never return. */
    details& waits_while(predicate holds) { return waits_while_ = std::move(holds), *this; }

   private:
    friend object_property;
    predicate when_;
    predicate waits_while_;
  };

  /**
   * An operation of the object: `run(object, arguments...)` performs it, `step(model, arguments...)` does the same to
   * the model; both return its result, or nothing. The arguments are drawn from `generators`.
   *
   * Where the model does not say which of several results there is, `step(const Model&, arguments..., const Result*
   * seen)` returns a std::vector<Model> of all the states that it may lead to if it returned `*seen`, or with any
   * result if `seen` is null.
   */
  template <class Run, class Step, class... Arguments>
  details<Arguments...>& operation(std::string name, Run run, Step step, rc::Gen<Arguments>... generators) {
    using definition = definition_of<Run, Step, Arguments...>;
    auto defined = std::make_shared<definition>(definition{std::move(name), std::move(run), std::move(step), {}});
    generators_.push_back(rc::gen::map(rc::gen::tuple(std::move(generators)...),
                                       [defined](std::tuple<Arguments...> arguments) -> operation_pointer {
                                         return std::make_shared<bound<definition, Arguments...>>(defined, arguments);
                                       }));
    return defined->more;
  }

  object_property& with(const sizes& how_large) { return sizes_ = how_large, *this; }
  object_property& with(const case_limits& how_thorough) { return limits_ = how_thorough, *this; }

  /** Generates and runs cases, as the environment variables HEDDLE_... say; see check_by_environment. */
  [[nodiscard]] property_result check() const {
    return check_by_environment(
        name_, [this](std::uint64_t seed) { return tree_of_cases(seed); }, limits_);
  }
  /** The same as the options say. Throws request_error for options that make no sense. */
  [[nodiscard]] property_result check(const property_options& with) const {
    return check_cases(name_, tree_of_cases(with.seed), limits_, with);
  }
  /** Replays the execution that a schedule names. Throws request_error where it is not one of this property. */
  [[nodiscard]] property_result replay(std::string_view schedule, const property_options& with = {}) const {
    return replay_case(
        name_, [this](std::uint64_t seed) { return tree_of_cases(seed); }, limits_, schedule, with);
  }
  /** For a table of suites. */
  [[nodiscard]] property_suite suite(std::string summary, std::vector<std::string> tags, expectation expected) const {
    return {
        .name = name_,
        .summary = std::move(summary),
        .tags = std::move(tags),
        .expected = expected,
        .check = [*this](const property_options& with) { return check(with); },
        .replay = [*this](std::string_view schedule, const property_options& with) { return replay(schedule, with); }};
  }

 private:
  using operation_type = bound_operation<Object, Model>;
  using operation_pointer = std::shared_ptr<operation_type>;
  using plan = case_plan<Object, Model>;
  using drawn_operation = typename plan::drawn_operation;

  struct nothing {
    friend auto operator<=>(const nothing&, const nothing&) = default;
  };

  template <class Run, class Step, class... Arguments>
  struct definition_of {
    using returned = std::invoke_result_t<const Run&, Object&, const Arguments&...>;
    using result = std::conditional_t<std::is_void_v<returned>, nothing, std::decay_t<returned>>;
    static constexpr bool says_all_states =
        std::is_invocable_r_v<std::vector<Model>, const Step&, const Model&, const Arguments&..., const result*>;

    std::string name;
    Run run;
    Step step;
    details<Arguments...> more;
  };

  template <class Definition, class... Arguments>
  class bound final : public operation_type {
    using result = typename Definition::result;

   public:
    bound(std::shared_ptr<const Definition> defined, std::tuple<Arguments...> arguments)
        : defined_(std::move(defined)), arguments_(std::move(arguments)) {}

    [[nodiscard]] std::string text() const override {
      std::string inside;
      const auto add = [&](const auto& each) { inside += (inside.empty() ? "" : ", ") + sim::show(each); };
      std::apply([&](const auto&... each) { (add(each), ...); }, arguments_);
      return defined_->name + "(" + inside + ")";
    }

    [[nodiscard]] bool allowed(const Model& state) const override {
      return !defined_->more.when_ || apply(defined_->more.when_, state);
    }

    void run(Object& object) override {
      if constexpr (std::is_void_v<typename Definition::returned>) {
        apply(defined_->run, object);
        latest_.emplace();
      } else {
        latest_.emplace(apply(defined_->run, object));
      }
    }

    [[nodiscard]] std::uint32_t result_number() override {
      const auto found = std::ranges::find(results_, *latest_);
      const auto number = static_cast<std::uint32_t>(found - results_.begin()) + 1;
      if (found == results_.end()) results_.push_back(*latest_);
      return number;
    }

    [[nodiscard]] std::string result_text() const override {
      if constexpr (std::same_as<result, nothing>) {
        return {};
      } else {
        return latest_ ? sim::show(*latest_) : std::string();
      }
    }

    void forget_result() override { latest_.reset(); }

    [[nodiscard]] std::string expected_text(const Model& from) const override {
      if constexpr (Definition::says_all_states || std::same_as<result, nothing>) {
        return {};
      } else {
        if (defined_->more.waits_while_ && apply(defined_->more.waits_while_, from)) return {};
        Model next = from;
        return sim::show(static_cast<result>(apply(defined_->step, next)));
      }
    }

    void step(const Model& from, std::uint32_t number, std::vector<Model>& to) const override {
      if (defined_->more.waits_while_ && apply(defined_->more.waits_while_, from)) return;
      const result* seen = number == object_case::no_result ? nullptr : &results_[number - 1];
      if constexpr (Definition::says_all_states) {
        const auto all = [&](const Arguments&... each) { return defined_->step(from, each..., seen); };
        for (auto&& each : std::apply(all, arguments_)) to.push_back(std::move(each));
      } else if constexpr (std::same_as<result, nothing>) {
        Model next = from;
        apply(defined_->step, next);
        to.push_back(std::move(next));
      } else {
        Model next = from;
        const result expected = apply(defined_->step, next);
        if (seen == nullptr || *seen == expected) to.push_back(std::move(next));
      }
    }

   private:
    template <class Function, class First>
    decltype(auto) apply(const Function& function, First& first) const {
      return std::apply([&](const Arguments&... each) -> decltype(auto) { return function(first, each...); },
                        arguments_);
    }

    std::shared_ptr<const Definition> defined_;
    std::tuple<Arguments...> arguments_;
    std::optional<result> latest_;
    std::deque<result> results_;  // not a vector: of bool, it has no elements to point to
  };

  class runnable final : public object_case {
    using called = std::pair<std::uint32_t, std::uint32_t>;  // an operation and the number of its result

   public:
    runnable(const plan& of, const Model& initial, std::function<std::shared_ptr<Object>()> make)
        : operations_(of.operations()),
          make_(std::move(make)),
          space_(initial, [this](const Model& from, const called& what, std::vector<Model>& to) {
            operations_[what.first]->step(from, what.second, to);
          }) {
      shape_.before = size_of(of.parts.front());
      shape_.after = size_of(of.parts.back());
      for (std::size_t i = 1; i + 1 < of.parts.size(); ++i) shape_.threads.push_back(size_of(of.parts[i]));
    }

    [[nodiscard]] case_shape shape() const override { return shape_; }
    [[nodiscard]] std::string call_text(std::uint32_t operation) const override {
      return operations_[operation]->text();
    }
    [[nodiscard]] std::shared_ptr<void> make() override {
      for (const operation_pointer& each : operations_) each->forget_result();
      std::shared_ptr<Object> made = make_();
      object_ = made.get();
      return made;
    }
    void perform(std::uint32_t operation) override { operations_[operation]->run(*object_); }
    [[nodiscard]] std::uint32_t result_number(std::uint32_t operation) override {
      return operations_[operation]->result_number();
    }
    [[nodiscard]] std::string result_text(std::uint32_t operation) const override {
      return operations_[operation]->result_text();
    }
    [[nodiscard]] std::string expected_text(std::uint32_t operation, state_id from) const override {
      return operations_[operation]->expected_text(space_.state(from));
    }
    [[nodiscard]] std::unique_ptr<transition_system> model_of(const std::vector<called>& history) override {
      return std::make_unique<operations_in<Model, called>>(space_, history);
    }

   private:
    static std::uint32_t size_of(const std::vector<drawn_operation>& part) {
      return static_cast<std::uint32_t>(part.size());
    }

    std::vector<operation_pointer> operations_;
    std::function<std::shared_ptr<Object>()> make_;
    Object* object_ = nullptr;
    case_shape shape_;
    state_space<Model, called> space_;
  };

  class generated final : public generated_case {
   public:
    generated(const object_property& of, plan what)
        : of_(of), plan_(std::move(what)), case_(plan_, of.initial_, of.make_) {}

    [[nodiscard]] object_case& runnable() override { return case_; }
    [[nodiscard]] std::vector<std::unique_ptr<generated_case>> smaller() const override {
      std::vector<std::unique_ptr<generated_case>> all;
      for (plan& each : plan_.smaller(of_.initial_)) all.push_back(std::make_unique<generated>(of_, std::move(each)));
      return all;
    }

   private:
    const object_property& of_;
    plan plan_;
    object_property::runnable case_;
  };

  /** Draws what a case is made of; every draw is from a generator of its own. */
  class drawing {
   public:
    drawing(std::uint64_t seed, std::uint64_t number) : random_(rc::Random::Key{seed, number, 0, 0}) {}

    std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_.split().next() % bound); }
    template <class Value>
    rc::Shrinkable<Value> from(const rc::Gen<Value>& generator) {
      return generator(random_.split(), size);
    }

   private:
    // RapidCheck's size says how far into their ranges generators go: up to 49, inRange(0, 2) is always 0. That a case
    // is small is for `sizes` to say, and shrinking makes its values small.
    static constexpr int size = 100;
    rc::Random random_;
  };

  [[nodiscard]] case_source tree_of_cases(std::uint64_t seed) const {
    return [this, seed](std::uint64_t number) { return std::make_unique<generated>(*this, generate(seed, number)); };
  }

  [[nodiscard]] plan generate(std::uint64_t seed, std::uint64_t number) const {
    if (generators_.empty()) throw request_error("the property " + name_ + " has no operations");
    drawing draws(seed, number);
    static constexpr int attempts = 1000;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      const std::uint32_t before = draws.below(sizes_.before + 1);
      const std::uint32_t threads = sizes_.threads < 3 ? 2 : 2 + draws.below(sizes_.threads - 1);
      plan drawn(threads);
      add_operations(drawn, 0, before, draws);
      bool all_have_some = true;
      for (std::uint32_t i = 1; i <= threads; ++i) {
        add_operations(drawn, i, 1 + draws.below(std::max(sizes_.per_thread, 1U)), draws);
        all_have_some = all_have_some && !drawn.parts[i].empty();
      }
      add_operations(drawn, threads + 1, draws.below(sizes_.after + 1), draws);
      if (all_have_some) return drawn;
    }
    throw request_error("the preconditions of the property " + name_ + " hold in none of " + std::to_string(attempts) +
                        " cases; make them weaker, or the cases smaller");
  }

  /** Adds so many operations to a part of a plan, or fewer where none is found whose preconditions hold there. */
  void add_operations(plan& to, std::size_t part, std::uint32_t count, drawing& draws) const {
    static constexpr int attempts = 10;
    for (std::uint32_t i = 0; i < count; ++i) {
      for (int attempt = 0; attempt < attempts; ++attempt) {
        to.parts[part].push_back(draws.from(generators_[draws.below(generators_.size())]));
        if (to.keeps_preconditions(initial_)) break;
        to.parts[part].pop_back();
      }
    }
  }

  std::string name_;
  Model initial_;
  std::function<std::shared_ptr<Object>()> make_;
  std::vector<rc::Gen<operation_pointer>> generators_;
  sizes sizes_;
  case_limits limits_;
};

}  // namespace heddle
