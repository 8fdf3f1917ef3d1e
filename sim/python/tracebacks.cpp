#include "python/tracebacks.hpp"

#include <algorithm>

#include "python/calls.hpp"
#include "python/modules/thread_object.hpp"
#include "python/natives.hpp"
#include "python/output.hpp"

namespace heddle::python {
namespace {

constexpr std::size_t most_shown_alike = 3;

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::string entry_text(const traceback_entry& entry) {
  const program& source = entry.code->of->source;
  std::string text =
      "  File \"" + source.file + "\", line " + std::to_string(entry.line) + ", in " + entry.code->source->name + "\n";
  if (entry.line > 0 && entry.line <= source.text.size()) {
    text += "    " + std::string(trimmed(source.text[entry.line - 1])) + "\n";
  }
  return text;
}

bool alike(const traceback_entry& a, const traceback_entry& b) { return a.code == b.code && a.line == b.line; }

std::string stack_text(const exception_object& exception) {
  std::string text;
  std::size_t repeated = 0;
  const auto tell = [&] {
    if (repeated > most_shown_alike) {
      const std::size_t more = repeated - most_shown_alike;
      text += "  [Previous line repeated " + std::to_string(more) + (more == 1 ? " more time]\n" : " more times]\n");
    }
  };
  const auto& entries = exception.traceback;
  for (std::size_t i = entries.size(); i-- > 0;) {
    if (i + 1 < entries.size() && alike(entries[i], entries[i + 1])) {
      ++repeated;
    } else {
      tell();
      repeated = 1;
    }
    if (repeated <= most_shown_alike) text += entry_text(entries[i]);
  }
  tell();
  return text;
}

// Chains may have a cycle: each exception is shown once.
void add_chain(thread_state& by, const exception_object& exception, std::vector<const exception_object*>& shown,
               std::string& text) {
  shown.push_back(&exception);
  const auto is_new = [&](value of) {
    const exception_object* const other = as_exception(of);
    return other != nullptr && std::find(shown.begin(), shown.end(), other) == shown.end() && shown.size() < 20;
  };
  if (is_new(exception.cause)) {
    add_chain(by, *as_exception(exception.cause), shown, text);
    text += "\nThe above exception was the direct cause of the following exception:\n\n";
  } else if (!exception.suppress_context && is_new(exception.context)) {
    add_chain(by, *as_exception(exception.context), shown, text);
    text += "\nDuring handling of the above exception, another exception occurred:\n\n";
  }
  if (!exception.traceback.empty()) text += "Traceback (most recent call last):\n" + stack_text(exception);
  text += summary(by, exception) + "\n";
}

// The stack of the running frame, as far as it is small.
std::string stack_of(thread_state& by) {
  constexpr std::size_t most = 6;
  const frame& present = by.memory.frames.back();
  const value* const first = present.base + present.code->first_of_stack;
  std::string text = "[";
  const auto height = static_cast<std::size_t>(present.top - first);
  for (std::size_t i = height > most ? height - most : 0; i < height; ++i) {
    if (text.size() > 1) text += ", ";
    const value each = first[i];
    if (!each.defined()) {
      text += "-";
    } else if (each.is_object() && as_string(each) == nullptr) {
      text += "<" + class_of(each).name_text + ">";
    } else {
      text += repr(by, each);
    }
  }
  return text + "]";
}

}  // namespace

std::string summary(thread_state& by, const exception_object& exception) {
  const class_object& of = exception.of_class();
  std::string text =
      of.module_text.empty() || of.module_text == "__main__" ? of.name_text : of.module_text + "." + of.name_text;
  std::string says;
  try {
    says = str(by, value(const_cast<exception_object*>(&exception)));
  } catch (const raised&) {
    says = "<exception str() failed>";
  }
  return says.empty() ? text : text + ": " + says;
}

std::string traceback_text(thread_state& by, const exception_object& exception) {
  std::string text;
  std::vector<const exception_object*> shown;
  add_chain(by, exception, shown, text);
  return text;
}

void show_bytecode(thread_state& by) {
  const frame& present = by.memory.frames.back();
  std::string line = by.object != nullptr ? by.object->called : "?";
  line += "  " + std::to_string(present.code->source->lines[present.pc]) + "  " + std::to_string(2 * present.pc) +
          "  " + by.present_bytecode();
  constexpr std::size_t column = 52;
  if (line.size() < column) line.append(column - line.size(), ' ');
  sim::simulator::current().show_instruction(line + "  " + stack_of(by));
}

void write_output(thread_state& by, std::string_view text, bool to_errors) {
  if (text.empty()) return;
  const source_location at = by.where();
  by.blocking([&] { sim::simulator::current().print(text, at, to_errors); });
}

}  // namespace heddle::python
