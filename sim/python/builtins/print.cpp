// print, and input, which there is none of.
#include "python/builtins/tables.hpp"
#include "python/output.hpp"
#include "python/types/making.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

/** What stands between or behind what is printed. */
[[nodiscard]] std::string_view separator(thread_state& by, const arguments& given, std::string_view called,
                                         std::string_view standard) {
  const value chosen = named_argument(given, called);
  if (!chosen.defined() || chosen.is_none()) return standard;
  if (as_string(chosen) == nullptr) {
    raise_type_error(by, std::string(called) + " must be None or a string, not " + type_name(chosen));
  }
  return as_string(chosen)->text;
}

value print(thread_state& by, const arguments& given) {
  only_named(by, given, "print", {"sep", "end", "file", "flush"});
  const std::string_view between = separator(by, given, "sep", " ");
  const std::string_view end = separator(by, given, "end", "\n");
  std::string text;
  std::size_t charged = 65536;
  for (std::uint32_t at = 0; at < given.count; ++at) {
    if (at > 0) text += between;
    const value each = given.positional[at];
    if (const string_object* plain = as_string(each)) {
      text += plain->text;
    } else {
      text += str(by, each);
    }
    if (text.size() <= charged) continue;
    by.process.charge(by, charged);
    charged *= 2;
  }
  text += end;
  const value file = named_argument(given, "file");
  if (!file.defined() || file.is_none()) {
    write_output(by, text, false);
    return value::none();
  }
  static const name write = intern("write");
  const value method = find_attribute(by, file, write);
  if (!method.defined()) {
    raise(by, exceptions::AttributeError(), "'" + type_name(file) + "' object has no attribute 'write'");
  }
  static_cast<void>(call(by, method, {make_string(by, std::move(text))}));
  return value::none();
}

value input(thread_state& by, const arguments& /*given*/) {
  raise(by, exceptions::RuntimeError(), "input() is not supported: a program runs without anybody who types");
}

constexpr native_entry functions[] = {{"print", print}, {"input", input}};

}  // namespace

std::span<const native_entry> output_functions() { return functions; }

}  // namespace heddle::python
