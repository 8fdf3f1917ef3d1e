// The line that shows how far a search is.
#include "command_line/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <stop_token>

#include "command_line/terminal.hpp"
#include "report/numbers.hpp"

namespace heddle::checker {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds interval{200};

void draw(std::string text) {
  // A line that wraps could not be redrawn.
  text.resize(std::min(text.size(), static_cast<std::size_t>(width_of(STDERR_FILENO)) - 1));
  fmt::print(stderr, "\r{}\x1b[K", text);
  std::fflush(stderr);
}

void redraw_until(const std::stop_token& ended, const progress_view& view) {
  const clock::time_point begun = clock::now();
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  bool drawn = false;
  // Waits before it draws: what ends at once needs no line.
  while (never.wait_for(lock, ended, interval, [] { return false; }), !ended.stop_requested()) {
    draw(progress_text(view, clock::now() - begun));
    drawn = true;
  }
  if (drawn) draw("");
}

// "12 s", "5 min", "3 h", "2 days"
std::string rough_time(double seconds) {
  constexpr double minute = 60;
  constexpr double hour = 60 * minute;
  constexpr double day = 24 * hour;
  if (seconds < 2 * minute) return fmt::format("{:.0f} s", seconds);
  if (seconds < 2 * hour) return fmt::format("{:.0f} min", seconds / minute);
  if (seconds < 2 * day) return fmt::format("{:.0f} h", seconds / hour);
  return seconds < 1'000 * day ? fmt::format("{:.0f} days", seconds / day) : "years";
}

// ", 39 % of about 1.2e+06 (+- 3e+05), 12 s left": what is to be expected, where something is known.
std::string outlook(const progress_view& view, double executions, double rate) {
  const double expected = view.counted.expected.load(std::memory_order_relaxed);
  const double deviation = view.counted.deviation.load(std::memory_order_relaxed);
  if (expected <= 0) return "";
  const double share = 100 * view.counted.share_done.load(std::memory_order_relaxed);
  std::string text = fmt::format(", {:.0f} % of about {:.1e} (+- {:.0e})", share, expected, deviation);
  const double end = view.of ? std::min(expected, static_cast<double>(*view.of)) : expected;
  // A search that has gone beyond its estimate has shown that to be wrong.
  if (rate > 0 && executions < end) text += ", " + rough_time((end - executions) / rate) + " left";
  return text;
}

}  // namespace

std::string progress_text(const progress_view& view, std::chrono::duration<double> elapsed) {
  const std::uint64_t executions = view.counted.executions.load(std::memory_order_relaxed);
  const std::uint64_t failures = view.counted.failures.load(std::memory_order_relaxed);
  const double rate = elapsed.count() > 0 ? static_cast<double>(executions) / elapsed.count() : 0;
  const std::string of = view.of ? " of " + grouped(*view.of) : "";
  const bool stopping = view.stopping.load(std::memory_order_relaxed);
  // What is certain comes first: narrow terminals show no more.
  return fmt::format("{}{}{} executions, {} a second, {}, {:.0f} s{}",
                     stopping ? "stopping (Ctrl-C again ends at once): " : "", grouped(executions), of,
                     grouped(static_cast<std::uint64_t>(rate)), counted(failures, "failure"), elapsed.count(),
                     outlook(view, static_cast<double>(executions), rate));
}

progress_line::progress_line(const progress_view& view) {
  if (!can_redraw(STDERR_FILENO)) return;
  thread_ = std::jthread([view](const std::stop_token& ended) { redraw_until(ended, view); });
}

}  // namespace heddle::checker
