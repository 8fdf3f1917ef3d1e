// The bytecode loop.
#include <algorithm>

#include "python/class_building.hpp"
#include "python/evaluation.hpp"
#include "python/natives.hpp"
#include "python/tracebacks.hpp"

namespace heddle::python {
namespace {

// Calls of the loop within each other, by builtin functions that call the program: they take the real stack.
constexpr std::uint32_t most_native_calls = 24;

class native_call {
 public:
  explicit native_call(thread_state& by) : by_(by) {
    if (by.native_depth >= most_native_calls) {
      by.memory.frames.pop_back();
      raise(by, exceptions::RecursionError(), "maximum recursion depth exceeded");
    }
    ++by.native_depth;
  }
  native_call(const native_call&) = delete;
  native_call& operator=(const native_call&) = delete;
  ~native_call() { --by_.native_depth; }

 private:
  thread_state& by_;
};

}  // namespace

value evaluation::run_until_return() {
  const bool shows = static_cast<bool>(sim::simulator::current().set_to().on_instruction);
  for (;;) {
    if (by_.budget == 0) [[unlikely]] {
      frame_->pc = pc_;
      frame_->top = sp_;
      by_.end_of_budget();
    }
    --by_.budget;
    if (shows) [[unlikely]] {
      frame_->pc = pc_;
      frame_->top = sp_;
      show_bytecode(by_);
    }
    const instruction now = instructions_[pc_];
    frame_->pc = pc_++;
    const std::uint32_t argument = now.argument;
    switch (now.what) {
      case opcode::NOP: break;
      case opcode::POP_TOP: --sp_; break;
      case opcode::ROT_TWO: std::swap(sp_[-1], sp_[-2]); break;
      case opcode::ROT_THREE: std::rotate(sp_ - 3, sp_ - 1, sp_); break;
      case opcode::ROT_FOUR: std::rotate(sp_ - 4, sp_ - 1, sp_); break;
      case opcode::DUP_TOP:
        *sp_ = sp_[-1];
        ++sp_;
        break;
      case opcode::DUP_TOP_TWO:
        sp_[0] = sp_[-2];
        sp_[1] = sp_[-1];
        sp_ += 2;
        break;

      case opcode::LOAD_CONST: *sp_++ = code_->constants[argument]; break;
      case opcode::LOAD_FAST: {
        const value held = locals_[argument];
        if (!held.defined()) [[unlikely]]
          raise_unbound_local(by_, *code_, argument);
        *sp_++ = held;
        break;
      }
      case opcode::STORE_FAST: locals_[argument] = *--sp_; break;
      case opcode::DELETE_FAST:
        if (!locals_[argument].defined()) raise_unbound_local(by_, *code_, argument);
        locals_[argument] = {};
        break;
      case opcode::LOAD_GLOBAL:
      load_global : {
        const std::uint32_t slot = code_->global_slots[argument];
        value held = process_.globals[slot];
        if (is_watched_global(by_, slot)) [[unlikely]] {
          frame_->top = sp_;
          held = load_watched_global(by_, slot);
        }
        if (!held.defined()) [[unlikely]]
          held = builtin_or_raise(by_, slot);
        *sp_++ = held;
        break;
      }
      case opcode::STORE_GLOBAL:
      store_global:
        frame_->top = sp_;
        store_global(by_, code_->global_slots[argument], sp_[-1]);
        --sp_;
        break;
      case opcode::DELETE_GLOBAL:
      delete_global:
        frame_->top = sp_;
        delete_global(by_, code_->global_slots[argument]);
        break;
      case opcode::LOAD_NAME: {
        if (frame_->names == nullptr) goto load_global;
        const value* const held = frame_->names->find(code_->names[argument]);
        if (held == nullptr) goto load_global;
        *sp_++ = *held;
        break;
      }
      case opcode::STORE_NAME:
        if (frame_->names == nullptr) goto store_global;
        frame_->names->set(code_->names[argument], *--sp_);
        break;
      case opcode::DELETE_NAME:
        if (frame_->names == nullptr) goto delete_global;
        if (!frame_->names->remove(code_->names[argument])) {
          raise(by_, exceptions::NameError(), "name '" + *code_->names[argument] + "' is not defined");
        }
        break;
      case opcode::LOAD_DEREF: {
        frame_->top = sp_;
        const value held = load_cell(by_, cell_at(locals_, *code_, argument), *code_, argument);
        *sp_++ = held;
        break;
      }
      case opcode::STORE_DEREF:
        frame_->top = sp_;
        store_cell(by_, cell_at(locals_, *code_, argument), *code_, argument, sp_[-1]);
        --sp_;
        break;
      case opcode::DELETE_DEREF:
        frame_->top = sp_;
        store_cell(by_, cell_at(locals_, *code_, argument), *code_, argument, {});
        break;
      case opcode::LOAD_CLOSURE: *sp_++ = locals_[code_->source->locals.size() + argument]; break;

      case opcode::UNARY_POSITIVE:
      case opcode::UNARY_NEGATIVE:
      case opcode::UNARY_INVERT:
        frame_->top = sp_;
        sp_[-1] = unary(by_, now.what, sp_[-1]);
        break;
      case opcode::UNARY_NOT:
        frame_->top = sp_;
        sp_[-1] = value(!truth(by_, sp_[-1]));
        break;

      case opcode::BINARY_ADD:
      case opcode::INPLACE_ADD: {
        std::int64_t sum = 0;
        if (sp_[-2].is_integer() && sp_[-1].is_integer() &&
            !__builtin_add_overflow(sp_[-2].number, sp_[-1].number, &sum)) [[likely]] {
          --sp_;
          sp_[-1].number = sum;
          break;
        }
        goto binary_operator;
      }
      case opcode::BINARY_SUBTRACT:
      case opcode::INPLACE_SUBTRACT: {
        std::int64_t difference = 0;
        if (sp_[-2].is_integer() && sp_[-1].is_integer() &&
            !__builtin_sub_overflow(sp_[-2].number, sp_[-1].number, &difference)) [[likely]] {
          --sp_;
          sp_[-1].number = difference;
          break;
        }
        goto binary_operator;
      }
      case opcode::BINARY_MULTIPLY:
      case opcode::INPLACE_MULTIPLY: {
        std::int64_t product = 0;
        if (sp_[-2].is_integer() && sp_[-1].is_integer() &&
            !__builtin_mul_overflow(sp_[-2].number, sp_[-1].number, &product)) [[likely]] {
          --sp_;
          sp_[-1].number = product;
          break;
        }
        goto binary_operator;
      }
      case opcode::BINARY_POWER:
      case opcode::BINARY_MODULO:
      case opcode::BINARY_FLOOR_DIVIDE:
      case opcode::BINARY_TRUE_DIVIDE:
      case opcode::BINARY_LSHIFT:
      case opcode::BINARY_RSHIFT:
      case opcode::BINARY_AND:
      case opcode::BINARY_XOR:
      case opcode::BINARY_OR:
      case opcode::INPLACE_POWER:
      case opcode::INPLACE_MODULO:
      case opcode::INPLACE_FLOOR_DIVIDE:
      case opcode::INPLACE_TRUE_DIVIDE:
      case opcode::INPLACE_LSHIFT:
      case opcode::INPLACE_RSHIFT:
      case opcode::INPLACE_AND:
      case opcode::INPLACE_XOR:
      case opcode::INPLACE_OR:
      binary_operator : {
        frame_->top = sp_;
        const value result = binary(by_, now.what, sp_[-2], sp_[-1]);
        --sp_;
        sp_[-1] = result;
        break;
      }
      case opcode::COMPARE_OP: {
        const auto what = static_cast<comparison>(argument);
        value result;
        if (sp_[-2].is_integer() && sp_[-1].is_integer()) [[likely]] {
          result = value(compared(what, sp_[-2].number, sp_[-1].number));
        } else {
          frame_->top = sp_;
          result = compare(by_, what, sp_[-2], sp_[-1]);
        }
        --sp_;
        sp_[-1] = result;
        break;
      }
      case opcode::IS_OP: {
        const bool is = same(sp_[-2], sp_[-1]);
        --sp_;
        sp_[-1] = value(is != (argument != 0));
        break;
      }
      case opcode::CONTAINS_OP: {
        frame_->top = sp_;
        const bool in = contains(by_, sp_[-1], sp_[-2]);
        --sp_;
        sp_[-1] = value(in != (argument != 0));
        break;
      }
      case opcode::BINARY_SUBSCR: {
        frame_->top = sp_;
        const value found = load_item(by_, sp_[-2], sp_[-1]);
        --sp_;
        sp_[-1] = found;
        break;
      }
      case opcode::STORE_SUBSCR:
        frame_->top = sp_;
        store_item(by_, sp_[-2], sp_[-1], sp_[-3]);
        sp_ -= 3;
        break;
      case opcode::DELETE_SUBSCR:
        frame_->top = sp_;
        delete_subscript(by_, sp_[-2], sp_[-1]);
        sp_ -= 2;
        break;

      case opcode::JUMP_FORWARD: pc_ = argument; break;
      case opcode::JUMP_ABSOLUTE: jump(argument); break;
      case opcode::POP_JUMP_IF_TRUE:
      case opcode::POP_JUMP_IF_FALSE: {
        const bool wanted = now.what == opcode::POP_JUMP_IF_TRUE;
        frame_->top = sp_;
        const bool is = truth_of(by_, sp_[-1]);
        --sp_;
        if (is == wanted) jump(argument);
        break;
      }
      case opcode::JUMP_IF_TRUE_OR_POP:
      case opcode::JUMP_IF_FALSE_OR_POP: {
        frame_->top = sp_;
        if (truth_of(by_, sp_[-1]) == (now.what == opcode::JUMP_IF_TRUE_OR_POP)) {
          jump(argument);
        } else {
          --sp_;
        }
        break;
      }
      case opcode::GET_ITER:
        frame_->top = sp_;
        sp_[-1] = iterate(by_, sp_[-1]);
        break;
      case opcode::FOR_ITER: {
        frame_->top = sp_;
        const value item = next(by_, sp_[-1]);
        if (item.defined()) {
          *sp_++ = item;
        } else {
          --sp_;
          pc_ = argument;
        }
        break;
      }

      case opcode::BUILD_TUPLE:
      case opcode::BUILD_LIST:
      case opcode::BUILD_SET:
      case opcode::BUILD_MAP:
      case opcode::BUILD_STRING:
      case opcode::BUILD_SLICE: {
        frame_->top = sp_;
        const std::uint32_t count = now.what == opcode::BUILD_MAP ? 2 * argument : argument;
        const value made = build(by_, now.what, {sp_ - count, count});
        sp_ -= count;
        *sp_++ = made;
        break;
      }
      case opcode::LIST_APPEND:
      case opcode::SET_ADD:
        frame_->top = sp_;
        add_item(by_, sp_[-1 - static_cast<std::ptrdiff_t>(argument)], sp_[-1]);
        --sp_;
        break;
      case opcode::MAP_ADD:
        frame_->top = sp_;
        set_subscript(by_, sp_[-2 - static_cast<std::ptrdiff_t>(argument)], sp_[-2], sp_[-1]);
        sp_ -= 2;
        break;
      case opcode::LIST_EXTEND:
      case opcode::SET_UPDATE:
      case opcode::DICT_UPDATE:
        frame_->top = sp_;
        extend(by_, now.what, sp_[-1 - static_cast<std::ptrdiff_t>(argument)], sp_[-1]);
        --sp_;
        break;
      case opcode::LIST_TO_TUPLE: sp_[-1] = make_tuple(by_, as_list(sp_[-1])->items); break;
      case opcode::FORMAT_VALUE: {
        frame_->top = sp_;
        const bool specified = (argument & 4U) != 0;
        const value specification = specified ? sp_[-1] : value();
        value* const place = specified ? sp_ - 2 : sp_ - 1;
        const value text = format_value(by_, *place, argument & 3U, specification);
        *place = text;
        sp_ = place + 1;
        break;
      }
      case opcode::UNPACK_SEQUENCE:
      case opcode::UNPACK_EX: {
        frame_->top = sp_;
        const std::vector<value> items = unpack(by_, now, sp_[-1]);
        sp_ = std::reverse_copy(items.begin(), items.end(), sp_ - 1);
        break;
      }

      case opcode::LOAD_ATTR:
        frame_->top = sp_;
        sp_[-1] = attribute(by_, sp_[-1], code_->names[argument]);
        break;
      case opcode::STORE_ATTR:
        frame_->top = sp_;
        set_attribute(by_, sp_[-1], code_->names[argument], sp_[-2]);
        sp_ -= 2;
        break;
      case opcode::DELETE_ATTR:
        frame_->top = sp_;
        delete_attribute(by_, sp_[-1], code_->names[argument]);
        --sp_;
        break;
      case opcode::LOAD_METHOD: {
        frame_->top = sp_;
        const method_lookup found = find_method(by_, sp_[-1], code_->names[argument]);
        sp_[-1] = found.function;
        *sp_++ = found.self;
        break;
      }
      case opcode::CALL_METHOD: {
        value* const place = sp_ - argument - 2;
        if (place[1].defined()) {
          call_at(place, place[0], place + 1, argument + 1);
        } else {
          call_at(place, place[0], place + 2, argument);
        }
        break;
      }
      case opcode::CALL_FUNCTION: {
        value* const place = sp_ - argument - 1;
        call_at(place, *place, place + 1, argument);
        break;
      }
      case opcode::CALL_FUNCTION_KW: call_with_names(argument); break;
      case opcode::CALL_FUNCTION_EX: call_unpacked((argument & 1U) != 0); break;
      case opcode::MAKE_FUNCTION:
        frame_->top = sp_;
        make_function(argument);
        break;
      case opcode::RETURN_VALUE: {
        const value result = frame_->instance.defined() ? frame_->instance : sp_[-1];
        if (frame_->instance.defined() && !sp_[-1].is_none()) {
          raise_type_error(by_, "__init__() should return None, not '" + class_of(sp_[-1]).name_text + "'");
        }
        const bool ends = frame_->returns_to_native;
        by_.memory.blocks.resize(frame_->blocks);
        by_.memory.frames.pop_back();
        if (ends) return result;
        enter();
        *sp_++ = result;
        break;
      }
      case opcode::LOAD_BUILD_CLASS: *sp_++ = build_class_function(); break;
      case opcode::IMPORT_NAME:
        frame_->top = sp_;
        *sp_++ = import_module(by_, code_->names[argument]);
        break;
      case opcode::IMPORT_FROM:
        frame_->top = sp_;
        *sp_ = import_from(by_, sp_[-1], code_->names[argument]);
        ++sp_;
        break;

      case opcode::SETUP_FINALLY: by_.memory.blocks.push_back({argument, sp_, what_is_handled()}); break;
      case opcode::POP_BLOCK: by_.memory.blocks.pop_back(); break;
      case opcode::POP_EXCEPT: end_handling(*--sp_); break;
      case opcode::RERAISE: {
        exception_object* const again = as_exception(sp_[-1]);
        end_handling(sp_[-2]);
        sp_ -= 2;
        by_.reraises = true;
        throw raised{again};
      }
      case opcode::JUMP_IF_NOT_EXC_MATCH: {
        frame_->top = sp_;
        const bool is = matches(by_, sp_[-2], sp_[-1]);
        sp_ -= 2;
        if (!is) pc_ = argument;
        break;
      }
      case opcode::RAISE_VARARGS:
        frame_->top = sp_;
        raise_statement(by_, argument > 0 ? sp_[-static_cast<std::ptrdiff_t>(argument)] : value(),
                        argument > 1 ? sp_[-1] : value());
      case opcode::SETUP_WITH: set_up_with(argument); break;
      case opcode::WITH_EXCEPT_START: {
        frame_->top = sp_;
        const value exception = sp_[-1];
        const value type(const_cast<class_object*>(&class_of(exception)));
        const value result = call(by_, sp_[-3], {type, exception, value::none()});
        *sp_++ = result;
        break;
      }
      case opcode::LOAD_ASSERTION_ERROR:
        *sp_++ = value(const_cast<class_object*>(&exceptions::AssertionError()));
        break;
    }
  }
}

value run_frames(thread_state& by) {
  const native_call guard(by);
  return evaluation(by).run();
}

}  // namespace heddle::python
