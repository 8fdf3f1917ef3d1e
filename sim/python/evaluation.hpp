// The evaluation of frames: what the bytecode loop keeps in registers, and how it calls.
#pragma once

#include <cstdint>
#include <utility>

#include "python/calls.hpp"
#include "python/instructions.hpp"
#include "python/interpreter.hpp"

namespace heddle::python {

/** The loop, with the running frame's registers. */
class evaluation {
 public:
  explicit evaluation(thread_state& by) noexcept : by_(by), process_(by.process), handled_before_(by.handled) {
    enter();
  }

  value run() {
    for (;;) {
      try {
        return run_until_return();
      } catch (const raised& exception) {
        if (handle(*exception.what)) continue;
        by_.handled = handled_before_;  // C++ code may catch it
        throw;
      }
    }
  }

 private:
  void enter() noexcept {
    frame_ = &by_.memory.frames.back();
    code_ = frame_->code;
    instructions_ = code_->source->instructions.data();
    locals_ = frame_->base;
    pc_ = frame_->pc;
    sp_ = frame_->top;
  }

  value run_until_return();

  // Looks for a handler: in the running frame, then in those that called it. False: C++ code called the last one.
  bool handle(exception_object& exception) {
    thread_memory& memory = by_.memory;
    if (!exception.context.defined() && by_.handled != nullptr && by_.handled != &exception) {
      exception.context = value(by_.handled);
    }
    std::uint32_t call = 0;  // frames that wait for a call know the instruction behind it
    for (bool reraised = std::exchange(by_.reraises, false);; reraised = false, call = 1) {
      frame& present = memory.frames.back();
      if (!reraised) exception.traceback.push_back({present.code, present.code->source->lines[present.pc - call]});
      if (memory.blocks.size() > present.blocks) {
        const block entered = memory.blocks.back();
        memory.blocks.pop_back();
        value* top = entered.top;
        *top++ = entered.handled;
        *top++ = value(&exception);
        by_.handled = &exception;
        present.top = top;
        present.pc = entered.handler;
        enter();
        return true;
      }
      const bool ends = present.returns_to_native;
      memory.frames.pop_back();
      if (ends) return false;
    }
  }

  void jump(std::uint32_t to) {
    const bool backwards = to <= pc_;
    pc_ = to;
    if (backwards && by_.wanted) [[unlikely]]
      hand_over_before(to);
  }

  void hand_over_before(std::uint32_t next) {
    frame_->pc = next;
    frame_->top = sp_;
    by_.hand_over();
  }

  // A call of `callee`, whose arguments are the topmost values; it lies where the result is to come.
  void call_at(value* place, value callee, value* first, std::uint32_t count);
  void call_general(value* place, value callee, const arguments& with);
  void enter_function(value* place, const function_object& callee, const arguments& with, value* base) {
    frame_->top = place;
    push_frame(by_, callee, with, base);
    ++frame_->pc;  // where it goes on
    enter();
    if (by_.wanted) [[unlikely]]
      hand_over_before(pc_);
  }
  void call_with_names(std::uint32_t count);
  void call_unpacked(bool with_names);
  void make_function(std::uint32_t flags);
  void set_up_with(std::uint32_t handler);
  [[nodiscard]] value what_is_handled() const noexcept {
    return by_.handled != nullptr ? value(by_.handled) : value::none();
  }
  void end_handling(value before) {
    by_.handled = before.is_none() ? nullptr : static_cast<exception_object*>(before.object);
  }

  thread_state& by_;
  interpreter& process_;
  exception_object* const handled_before_;
  frame* frame_ = nullptr;
  const loaded_code* code_ = nullptr;
  const instruction* instructions_ = nullptr;
  value* locals_ = nullptr;
  value* sp_ = nullptr;
  std::uint32_t pc_ = 0;  // of the next instruction
};

}  // namespace heddle::python
