#include "python/types/special.hpp"

#include "python/natives.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

const special_names& specials() {
  static const special_names names;
  return names;
}

value special_of_class(const class_object& of, name called) noexcept {
  const class_object* const everything = &object_class();
  for (const class_object* each : of.resolution_order) {
    if (each == everything) continue;
    if (const value* found = each->attributes.find(called)) return *found;
  }
  return {};
}

value special(value of, name called) noexcept {
  return is_plain_instance(of) ? special_of_class(of.object->of_class(), called) : value{};
}

std::uint64_t identity_of(thread_state& by, const heap_object& what) noexcept {
  if (!what.is_immortal()) {
    auto& named = const_cast<heap_object&>(what);  // NOLINT: its number is given when it is first asked for
    if (named.identity == 0) named.identity = ++by.process.identities;
    return named.identity;
  }
  // Several OS threads may ask for it, so it follows from what it is.
  std::string_view text;
  switch (what.type()) {
    case object_type::string: text = static_cast<const string_object&>(what).text; break;
    case object_type::native: text = static_cast<const native_object&>(what).name_text; break;
    case object_type::class_: text = static_cast<const class_object&>(what).name_text; break;
    case object_type::module: text = static_cast<const module_object&>(what).name_text; break;
    default: break;
  }
  std::uint64_t result = 14695981039346656037U ^ static_cast<std::uint64_t>(what.type());
  for (const char c : text) result = (result ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return result >> 16U | std::uint64_t{1} << 47U;
}

}  // namespace heddle::python
