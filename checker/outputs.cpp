#include "outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include <heddle/sim/simulator.hpp>

namespace heddle {
namespace {

using text_and_output = std::map<std::string_view, program_output>;

text_and_output by_text(const std::vector<program_output>& outputs) {
  text_and_output result;
  for (const program_output& each : outputs) result.emplace(each.text, each);
  return result;
}

void most_frequent_first(std::vector<program_output>& outputs) {
  std::ranges::sort(outputs, [](const program_output& a, const program_output& b) {
    return a.executions != b.executions ? a.executions > b.executions : a.text < b.text;
  });
}

}  // namespace

program_outputs& program_outputs::operator+=(const program_outputs& part) {
  const std::vector<program_output> before = std::exchange(kept, {});
  text_and_output all = by_text(before);
  for (const auto& [text, output] : by_text(part.kept)) {
    program_output& sum = all.emplace(text, output).first->second;
    const bool in_both = std::ranges::find(before, text, &program_output::text) != before.end();
    if (!in_both) continue;
    sum.executions += output.executions;
    sum.failures += output.failures;
  }
  left_out += part.left_out;
  cut_by_failures += part.cut_by_failures;
  for (const auto& [text, output] : all) {
    if (kept.size() < most) {
      kept.push_back(output);
    } else {
      left_out += output.executions;
    }
  }
  most_frequent_first(kept);
  return *this;
}

std::size_t output_search::agreement(std::string_view text) const noexcept {
  const auto differs = std::ranges::mismatch(wanted, text);
  return static_cast<std::size_t>(differs.in1 - wanted.begin());
}

namespace checker {

void output_watch::on_begin(sim::simulator& execution) {
  execution_ = &execution;
  agreed_ = 0;
  somebody_failed_ = false;
  detectors_->on_begin(execution);
}

void output_watch::on_event(const sim::event& happened) {
  if (wanted_ != nullptr && happened.what.kind == sim::operation_kind::print && !execution_->directed()) {
    const std::string_view printed = execution_->output();
    const std::string_view latest = printed.substr(agreed_);
    if (wanted_->compare(agreed_, latest.size(), latest) != 0) return execution_->stop();
    agreed_ = printed.size();
  }
  if (sim::contains(detectors_->interests(), happened.what.kind)) detectors_->on_event(happened);
}

void output_watch::on_end(const sim::ending& how) {
  went_to_the_end_ = true;
  for (sim::thread_id id = 0; somebody_failed_ && id < execution_->thread_count(); ++id) {
    const sim::thread_view thread = execution_->thread(id);
    if (!thread.ended && (!thread.published || execution_->enabled(id))) went_to_the_end_ = false;
  }
  detectors_->on_end(how);
}

void output_table::add(std::string_view text, bool failed, const exploration::tree_path& at,
                       const std::function<std::string()>& schedule) {
  auto place = kept_.find(text);
  if (place == kept_.end()) {
    // One that is dropped never comes back, since what is kept only comes to be less: so each count is a whole one.
    const bool full = kept_.size() == program_outputs::most;
    if (full && std::prev(kept_.end())->first < text) {
      ++left_out_;
      return;
    }
    place = kept_.emplace(std::string(text), entry{0, 0, at, schedule()}).first;
    if (full) drop_last();
  } else {
    place->second.prefer({0, 0, at, {}}, schedule);
  }
  ++place->second.executions;
  if (failed) ++place->second.failures;
}

// The schedule of the first execution that has one.
void output_table::entry::prefer(const entry& other, const std::function<std::string()>& schedule_of_other) {
  if (!schedule.empty() && !(other.first < first)) return;
  std::string text = schedule_of_other();
  if (text.empty()) return;
  first = other.first;
  schedule = std::move(text);
}

void output_table::drop_last() {
  const auto last = std::prev(kept_.end());
  left_out_ += last->second.executions;
  kept_.erase(last);
}

void output_table::merge(const output_table& part) {
  for (const auto& [text, other] : part.kept_) {
    const auto [place, is_new] = kept_.try_emplace(text, other);
    if (is_new) continue;
    entry& mine = place->second;
    mine.executions += other.executions;
    mine.failures += other.failures;
    mine.prefer(other, [&schedule = other.schedule] { return schedule; });
  }
  left_out_ += part.left_out_;
  cut_by_failures_ += part.cut_by_failures_;
  while (kept_.size() > program_outputs::most) drop_last();
}

program_outputs output_table::sum() const {
  program_outputs result;
  for (const auto& [text, each] : kept_) result.kept.push_back({text, each.executions, each.failures, each.schedule});
  result.left_out = left_out_;
  result.cut_by_failures = cut_by_failures_;
  most_frequent_first(result.kept);
  return result;
}

void keep_closest(output_search& of, std::string_view text) {
  if (of.closest && of.agreement(text) <= of.agreement(*of.closest)) return;
  of.closest = text;
}

void judge_output(result& found) {
  if (found.failure) {  // the program is not deterministic
    found.verdict = verdict::fail;
    return;
  }
  if (found.output_search->found) {
    found.verdict = verdict::pass;
    found.stopped_by.clear();
    return;
  }
  if (found.exhaustive && found.output_search->undecided == 0) {
    found.verdict = verdict::fail;
    return;
  }
  found.verdict = verdict::inconclusive;
  if (!found.stopped_by.empty()) return;
  found.stopped_by = found.exhaustive_preemptions
                         ? fmt::format("the bound of {} preemptions", *found.exhaustive_preemptions)
                         : fmt::format("the limit of {} executions", found.executions);
}

}  // namespace checker
}  // namespace heddle
