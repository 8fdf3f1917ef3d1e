// The types of objects on the interpreter's heap, as data. What can be done with them stands in operators.hpp and in
// the tables of methods in types/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/python/code.hpp>

#include "python/value.hpp"

namespace heddle::python {

class class_object;
class interpreter;
class thread_state;
class shared_variable;
struct loaded_code;

/** Which C++ type a heap object is. */
enum class object_type : std::uint8_t {
  string,
  big_integer,
  tuple,
  list,
  dict,
  set,
  range,
  slice,
  iterator,
  cell,
  function,
  native,
  bound_method,
  class_,
  instance,  // of a class that the program or a module defines; exceptions among them
  module,
  code,
  ellipsis,
  descriptor,
  super,
  view,  // of a dict's keys, values or items
};

/** Is called with each value that an object refers to; may change it. */
using visitor = std::function<void(value&)>;

/**
 * An object on the heap. Nothing is freed before the interpreter is: an execution is short.
 *
 * Immortal ones belong to no interpreter: builtin classes and functions, constants of a program. They never change, so
 * several OS threads may use them.
 */
class heap_object {
 public:
  heap_object(object_type type, const class_object& of) noexcept : type_(type), class_(&of) {}
  /** Of the class that all objects of this type have: which is found when it is asked for, since builtin classes are
   * made of such objects. */
  explicit heap_object(object_type type) noexcept : type_(type) {}
  heap_object(const heap_object&) = delete;
  heap_object& operator=(const heap_object&) = delete;
  virtual ~heap_object() = default;

  [[nodiscard]] object_type type() const noexcept { return type_; }
  [[nodiscard]] const class_object& of_class() const noexcept { return class_ != nullptr ? *class_ : class_of_type(); }
  /** Whether several threads can get at it: it has been stored where others look. */
  [[nodiscard]] bool is_shared() const noexcept { return shared_; }
  [[nodiscard]] bool is_immortal() const noexcept { return immortal_; }
  /** For id() and hash(): its number among those that have been asked for; see identity_of. 0: not asked for yet. */
  std::uint32_t identity = 0;

  /** Calls `see` with everything that the object refers to. */
  virtual void visit(const visitor& /*see*/) {}
  /** A copy for another process, before its references are copied; null for what processes have in common. */
  [[nodiscard]] virtual heap_object* copy(interpreter& /*to*/) const { return nullptr; }

 private:
  friend class interpreter;
  friend void share(value what);
  friend void make_immortal(heap_object& what) noexcept;

  heap_object* made_before_ = nullptr;  // of the interpreter
  object_type type_;
  bool shared_ = false;
  bool immortal_ = false;

 protected:
  const class_object* class_ = nullptr;

 private:
  [[nodiscard]] const class_object& class_of_type() const noexcept;
};

void make_immortal(heap_object& what) noexcept;
/** From now on several threads can get at this object, and at whatever it refers to. */
void share(value what);

// ---- data

/** UTF-8. */
class string_object final : public heap_object {
 public:
  explicit string_object(std::string of);
  const std::string text;
  /** In code points. */
  [[nodiscard]] std::size_t length() const noexcept { return length_; }
  [[nodiscard]] bool is_ascii() const noexcept { return length_ == text.size(); }

 private:
  std::size_t length_;
};

class tuple_object final : public heap_object {
 public:
  explicit tuple_object(std::vector<value> of);
  std::vector<value> items;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

class list_object final : public heap_object {
 public:
  explicit list_object(std::vector<value> of);
  std::vector<value> items;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

class slice_object final : public heap_object {
 public:
  slice_object(value from, value to, value by);
  value start, stop, step;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

class range_object final : public heap_object {
 public:
  range_object(std::int64_t from, std::int64_t to, std::int64_t by);
  std::int64_t start, stop, step;
  [[nodiscard]] std::int64_t length() const noexcept;
};

/** What FOR_ITER and next() advance. */
class iterator_object : public heap_object {
 public:
  iterator_object();
  /** The next value; undefined at the end. */
  virtual value next(thread_state& by) = 0;
};

// ---- code

/** Names with values, in the order in which they were added. */
class attribute_table {
 public:
  struct entry {
    name key = nullptr;
    value held;
    std::unique_ptr<shared_variable> watched;  // once several threads get at it
  };
  attribute_table();
  attribute_table(const attribute_table& other);
  attribute_table& operator=(const attribute_table&) = delete;
  ~attribute_table();

  [[nodiscard]] const value* find(name key) const noexcept {
    for (const entry& each : entries) {
      if (each.key == key) return each.held.defined() ? &each.held : nullptr;
    }
    return nullptr;
  }
  /** The entry of this name; new, without a value, where there is none. */
  entry& at(name key);
  void set(name key, value to) { at(key).held = to; }
  /** Whether it was there. */
  bool remove(name key) noexcept;
  void visit(const visitor& see);
  std::vector<entry> entries;
};

/** A variable that an inner function shares with its outer one. */
class cell_object final : public heap_object {
 public:
  cell_object();
  value content;
  std::unique_ptr<shared_variable> watched;  // once several threads get at it
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
  ~cell_object() override;
};

class code_reference final : public heap_object {
 public:
  explicit code_reference(const loaded_code& of);
  const loaded_code& code;
};

class function_object final : public heap_object {
 public:
  function_object(const loaded_code& body, std::string qualified);
  const loaded_code* code;
  std::string qualified_name;
  std::vector<value> defaults;                           // of the last positional arguments
  std::vector<std::pair<name, value>> defaults_by_name;  // of keyword-only ones
  std::vector<cell_object*> closure;
  attribute_table attributes;  // that the program has set
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** The arguments of a call. */
struct arguments {
  const value* positional = nullptr;
  std::uint32_t count = 0;
  const name* names = nullptr;   ///< of the named ones ...
  const value* named = nullptr;  ///< ... and their values
  std::uint32_t named_count = 0;
};

/** A builtin function; a method's first argument is self. Raises by throwing `raised`. */
using native = value (*)(thread_state& by, const arguments& given);

class native_object final : public heap_object {
 public:
  native_object(std::string_view called, native does);
  const std::string name_text;
  const native call;
};

class bound_method final : public heap_object {
 public:
  bound_method(value method, value its_self);
  value function, self;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** What property, staticmethod and classmethod make. */
class descriptor_object final : public heap_object {
 public:
  enum class type : std::uint8_t { property, static_method, class_method };
  descriptor_object(type which, value getter, value setter);
  const type is;
  value get, set;  // the function itself, where it is no property
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** What super() makes: the attributes of an instance, or of a class, as of the classes behind one of its own. */
class super_object final : public heap_object {
 public:
  super_object(const class_object& behind, value its_self);
  const class_object* after;
  value self;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** A class. */
class class_object final : public heap_object {
 public:
  /** Makes an instance without attributes, for __init__ to fill. */
  using maker = heap_object* (*)(thread_state& by, const class_object& of);

  class_object(std::string_view called, std::vector<const class_object*> from);

  [[nodiscard]] const value* find(name attribute) const noexcept;  ///< in it, and along its bases
  [[nodiscard]] bool is(const class_object& base) const noexcept;  ///< the base itself, or derived from it

  std::string name_text;
  std::string module_text;  ///< empty for builtins; "__main__", "threading", "queue"
  std::vector<const class_object*> bases;
  std::vector<const class_object*> resolution_order;  ///< itself first
  attribute_table attributes;
  /** Of a builtin type: what a call of the class does, instead of making an instance and calling __init__. */
  native construct = nullptr;
  maker make = nullptr;  ///< null: no instances can be made, nor classes derived
  bool may_be_derived = true;
  bool has_setattr = false;  ///< it, or one of its bases, defines __setattr__
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** An instance of a class that the program defines, or of one of a module; the latter's derive their own types. */
class instance_object : public heap_object {
 public:
  explicit instance_object(const class_object& of);
  attribute_table attributes;
  [[nodiscard]] bool is_exception() const noexcept { return is_exception_; }
  /** The attributes that this thread sees. */
  [[nodiscard]] attribute_table& attributes_for(const thread_state& by) {
    return is_per_thread_ ? attributes_in(by) : attributes;
  }
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;

 protected:
  /** Of an object that has other ones for each thread. */
  [[nodiscard]] virtual attribute_table& attributes_in(const thread_state& /*by*/) { return attributes; }
  bool is_exception_ = false;  // it is an exception_object
  bool is_per_thread_ = false;
};

/** Where an exception passed through. */
struct traceback_entry {
  const loaded_code* code;
  std::uint32_t line;
};

class exception_object final : public instance_object {
 public:
  explicit exception_object(const class_object& of);
  std::vector<value> args;
  value cause;    // raise ... from
  value context;  // what was being handled
  bool suppress_context = false;
  std::vector<traceback_entry> traceback;  // innermost first
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

class module_object final : public heap_object {
 public:
  explicit module_object(std::string_view called);
  const std::string name_text;
  attribute_table attributes;
  /** What differs between programs: an attribute of this name, made anew; undefined where there is none. */
  value (*computed)(thread_state& by, name called) = nullptr;
};

/** A Python exception on its way through C++. */
struct raised {
  exception_object* what;
};

// ---- looking at values

template <class Type>
[[nodiscard]] Type* as(value of, object_type type) noexcept {
  return of.is_object() && of.object->type() == type ? static_cast<Type*>(of.object) : nullptr;
}
[[nodiscard]] inline string_object* as_string(value of) noexcept { return as<string_object>(of, object_type::string); }
[[nodiscard]] inline tuple_object* as_tuple(value of) noexcept { return as<tuple_object>(of, object_type::tuple); }
[[nodiscard]] inline list_object* as_list(value of) noexcept { return as<list_object>(of, object_type::list); }
[[nodiscard]] inline function_object* as_function(value of) noexcept {
  return as<function_object>(of, object_type::function);
}
[[nodiscard]] inline instance_object* as_instance(value of) noexcept {
  return as<instance_object>(of, object_type::instance);
}
[[nodiscard]] inline exception_object* as_exception(value of) noexcept {
  instance_object* const found = as_instance(of);
  return found != nullptr && found->is_exception() ? static_cast<exception_object*>(found) : nullptr;
}
[[nodiscard]] inline class_object* as_class(value of) noexcept { return as<class_object>(of, object_type::class_); }

}  // namespace heddle::python
