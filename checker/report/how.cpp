// From a trace to the rows of its table, with the summary of switches above it.
#include "how.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "numbers.hpp"
#include "paragraphs.hpp"
#include "places.hpp"
#include "selection.hpp"
#include "steps.hpp"
#include "table.hpp"

namespace heddle::checker {
namespace {

// A thread's events between two switches.
struct stretch {
  sim::thread_id thread = 0;
  std::uint64_t events = 0;
  bool preempts = false;
};

std::vector<stretch> find_stretches(const std::vector<step>& steps) {
  std::vector<stretch> found;
  for (const step& event : steps) {
    if (found.empty() || found.back().thread != event.thread) found.push_back({event.thread, 0, event.preempts});
    ++found.back().events;
  }
  return found;
}

// "main 2, a, *b 3, main": how many events each thread did before the next one came; of many, the first and the last.
styled_text summarize_switches(const trace& of) {
  static constexpr std::size_t shown_at_each_end = 6;
  const std::vector<stretch> stretches = find_stretches(of.steps);
  const std::size_t count = stretches.size();
  const bool shortened = count > 2 * shown_at_each_end + 1;
  styled_text text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) append(text, ", ");
    if (shortened && i == shown_at_each_end) {
      i = count - shown_at_each_end;
      append(text, "... " + counted(i - shown_at_each_end, "turn") + " ..., ", ink::dim);
    }
    if (stretches[i].preempts) append(text, "*", ink::warning);
    append(text, name_of(of, stretches[i].thread), thread_ink(stretches[i].thread));
    if (stretches[i].events > 1) append(text, " " + grouped(stretches[i].events));
  }
  return text;
}

std::vector<place> places_of(const trace& of, const selection& selected) {
  std::vector<place> places;
  for (const shown_event& each : selected.events) places.push_back(of.steps[each.position].where);
  for (const pending_step& each : of.pending) places.push_back(each.next.where);
  return places;
}

// What the thread did that ended the execution; empty where none did.
std::string_view last_words(const failure& of) {
  if (!of.thread || *of.thread >= of.trace.threads.size()) return "";
  switch (of.kind) {
    case failure_kind::assertion: return "CHECK FAILED";
    case failure_kind::uncaught_exception: return "EXCEPTION";
    case failure_kind::misuse: return "MISUSE";
    case failure_kind::crash: return "CRASH";
    case failure_kind::abort: return "ABORT";
    case failure_kind::stack_overflow: return "STACK OVERFLOW";
    case failure_kind::exit: return "EXIT";
    case failure_kind::hang: return "HANGS";
    default: return "";
  }
}

// The threads that have something in the table, in order: its columns.
std::vector<sim::thread_id> threads_of(const failure& of, const selection& selected) {
  std::vector<sim::thread_id> threads;
  for (const shown_event& each : selected.events) threads.push_back(of.trace.steps[each.position].thread);
  for (const pending_step& each : of.trace.pending) threads.push_back(each.thread);
  if (!last_words(of).empty()) threads.push_back(*of.thread);
  std::sort(threads.begin(), threads.end());
  threads.erase(std::unique(threads.begin(), threads.end()), threads.end());
  return threads;
}

// Makes the rows of the table.
class row_maker {
 public:
  row_maker(const failure& of, const selection& selected)
      : failure_(of),
        of_(of.trace),
        selected_(selected),
        threads_(threads_of(of, selected)),
        places_(places_of(of.trace, selected)) {}

  [[nodiscard]] std::vector<styled_text> names() const {
    std::vector<styled_text> names;
    for (const sim::thread_id thread : threads_) names.push_back(to_glyphs(name_of(of_, thread), thread_ink(thread)));
    return names;
  }

  [[nodiscard]] std::vector<table_row> rows() const {
    std::vector<table_row> rows;
    for (std::size_t i = 0; i < selected_.events.size(); ++i) {
      if (selected_.gap != 0 && i == selected_.gap) {
        rows.push_back(remark("... " + counted(selected_.left_out, "event") + " left out ..."));
      }
      rows.push_back(row_of(selected_.events[i]));
    }
    if (selected_.repeats.times > 0) rows.push_back(remark(repetition_in_words()));
    if (const std::string_view words = last_words(failure_); !words.empty() && !ends_at_pending()) {
      rows.push_back(row_for(*failure_.thread, words, ink::bad, failure_.where));
    }
    for (const pending_step& each : of_.pending) rows.push_back(row_of(each));
    return rows;
  }

  [[nodiscard]] std::string only_file() const { return places_.only_file(); }

 private:
  static table_row remark(std::string text) {
    table_row row;
    row.remark = std::move(text);
    return row;
  }

  [[nodiscard]] table_row row_for(sim::thread_id thread, std::string_view text, ink drawn, const place& where) const {
    table_row row;
    row.column =
        static_cast<std::size_t>(std::lower_bound(threads_.begin(), threads_.end(), thread) - threads_.begin());
    append(row.text, text, drawn);
    append(row.place, places_.text(where), ink::dim);
    return row;
  }

  [[nodiscard]] table_row row_of(const shown_event& shown) const {
    const step& event = of_.steps[shown.position];
    table_row row = row_for(event.thread, describe(of_, event), thread_ink(event.thread), event.where);
    row.number = std::to_string(shown.position + 1);
    row.marked = shown.preempts;
    return row;
  }

  [[nodiscard]] table_row row_of(const pending_step& pending) const {
    table_row row =
        row_for(pending.thread, describe_pending(of_, pending.next), thread_ink(pending.thread), pending.next.where);
    if (is_misused(pending)) {
      append(row.text, "  MISUSE", ink::bad);
    } else if (pending.enabled) {
      append(row.text, "  ready", ink::dim);
    } else {
      append(row.text, "  BLOCKED", ink::bad);
    }
    return row;
  }

  // An operation that is a misuse was published, but never performed.
  [[nodiscard]] bool is_misused(const pending_step& pending) const {
    return failure_.kind == failure_kind::misuse && failure_.thread == pending.thread;
  }

  [[nodiscard]] bool ends_at_pending() const {
    return std::any_of(of_.pending.begin(), of_.pending.end(), [&](const pending_step& p) { return is_misused(p); });
  }

  [[nodiscard]] std::string repetition_in_words() const {
    const repetition& it = selected_.repeats;
    const std::string first = grouped(it.begin + 1);
    const std::string events = it.period == 1 ? "event " + first + " repeats "
                                              : "events " + first + " to " + grouped(it.begin + it.period) + " repeat ";
    return "... " + events + grouped(it.times) + " times, up to event " + grouped(of_.steps.size()) + " ...";
  }

  const failure& failure_;
  const trace& of_;
  const selection& selected_;
  std::vector<sim::thread_id> threads_;
  short_places places_;
};

std::string heading(const failure& of, const selection& selected, const std::string& only_file) {
  std::string text =
      "How: " + counted(of.trace.threads.size(), "thread") + ", " + counted(of.trace.steps.size(), "event");
  if (selected.events.size() < of.trace.steps.size()) text += " (" + grouped(selected.events.size()) + " shown)";
  text += ", " + counted(of.preemptions, "preemption");
  if (!only_file.empty()) text += ", in " + only_file;
  return text;
}

}  // namespace

block how_it_happened(const failure& of, int width) {
  const trace& trace = of.trace;
  if (trace.steps.empty() && trace.pending.empty()) return {};
  const selection selected = select_events(of);
  const row_maker maker(of, selected);
  block lines = paragraphs("", heading(of, selected, maker.only_file()), ink::strong, width);
  if (!trace.steps.empty()) append(lines, paragraph("  ", summarize_switches(trace), width));
  lines.emplace_back();
  append(lines, lay_out(maker.names(), maker.rows(), width));
  const bool preempted = std::any_of(trace.steps.begin(), trace.steps.end(), [](const step& s) { return s.preempts; });
  if (preempted) {
    lines.emplace_back();
    append(lines, paragraphs("  ", "* preemption: the thread before could have gone on", ink::warning, width));
  }
  return lines;
}

}  // namespace heddle::checker
