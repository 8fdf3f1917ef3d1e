#include "properties/case_history.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace heddle::checker {

case_history::case_history(object_case& of) : case_(of) {
  const case_shape shape = of.shape();
  threads_.assign(shape.before, 0);
  for (std::uint32_t i = 0; i < shape.threads.size(); ++i) threads_.insert(threads_.end(), shape.threads[i], i + 1);
  threads_.insert(threads_.end(), shape.after, 0);
  begin();
}

void case_history::begin() {
  clock_ = never;
  calls_.assign(threads_.size(), never);
  returns_.assign(threads_.size(), never);
}

void case_history::finish() {
  operations_.clear();
  results_.clear();
  timed_.clear();
  for (std::uint32_t i = 0; i < threads_.size(); ++i) {
    if (calls_[i] == never) continue;
    const bool returned = returns_[i] != never;
    operations_.push_back(i);
    results_.push_back(returned ? case_.result_number(i) : object_case::no_result);
    timed_.push_back({threads_[i], calls_[i], returned ? returns_[i] : never_returned});
  }
}

std::vector<std::uint32_t> case_history::key() const {
  struct point {
    std::uint64_t time;
    bool is_return;
    std::uint32_t operation;
  };
  std::vector<point> points;
  for (std::uint32_t i = 0; i < operations_.size(); ++i) {
    points.push_back({timed_[i].called, false, operations_[i]});
    if (timed_[i].returned != never_returned) points.push_back({timed_[i].returned, true, operations_[i]});
  }
  std::ranges::sort(points, {}, &point::time);
  for (auto begin = points.begin(); begin != points.end();) {
    const auto end =
        std::find_if(begin, points.end(), [&](const point& each) { return each.is_return != begin->is_return; });
    std::sort(begin, end, [](const point& a, const point& b) { return a.operation < b.operation; });
    begin = end;
  }
  std::vector<std::uint32_t> key = results_;
  for (const point& each : points) key.push_back(each.operation * 2 + (each.is_return ? 1 : 0));
  return key;
}

std::unique_ptr<transition_system> case_history::model() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> history;
  for (std::size_t i = 0; i < operations_.size(); ++i) history.emplace_back(operations_[i], results_[i]);
  return case_.model_of(history);
}

explanation case_history::explain(heddle::consistency by, bool stuck) const {
  return find_order(timed_, *model(), {.consistency = by, .stuck = stuck});
}

std::string case_history::expected(const explanation& found) const {
  if (!found.unexplained) return {};
  const std::unique_ptr<transition_system> steps = model();
  std::set<state_id> states{steps->initial()};
  for (const std::size_t operation : found.order) {
    std::vector<state_id> reached;
    for (const state_id from : states) steps->step(from, operation, reached);
    states = {reached.begin(), reached.end()};
  }
  std::set<std::string> texts;
  for (const state_id each : states) texts.insert(case_.expected_text(operations_[*found.unexplained], each));
  return texts.size() == 1 ? *texts.begin() : std::string();
}

}  // namespace heddle::checker
