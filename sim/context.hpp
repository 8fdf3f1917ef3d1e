// Suspended calls and how to jump between them. This and context.cpp alone know Boost.Context, the C++ runtime's
// per-thread exception state, and what sanitizers and Valgrind want to be told about stacks.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>
#include <cstdlib>

#include "stack.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define HEDDLE_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef HEDDLE_ADDRESS_SANITIZER
#include <sanitizer/common_interface_defs.h>
#endif

namespace heddle::sim {

/**
 * boost::context::detail::jump_fcontext, entered by a jump instead of a call.
 *
 * It leaves by an indirect jump too. Where it is called, each switch therefore leaves one return address too many on
 * the processor's own stack of them, and every return that follows is mispredicted.
 */
[[gnu::always_inline]] inline boost::context::detail::transfer_t jump_balanced(void* to, void* data) {
#if defined(__x86_64__) && defined(__ELF__)
  boost::context::detail::transfer_t from{};
  asm volatile(
      "leaq -128(%%rsp), %%rsp\n\t"  // the caller's red zone
      "leaq 1f(%%rip), %%rax\n\t"
      "pushq %%rax\n\t"
      "jmp jump_fcontext\n"
      "1:\n\t"
      "leaq 128(%%rsp), %%rsp"
      : "+D"(to), "+S"(data), "=a"(from.fctx), "=d"(from.data)
      :
      : "rcx", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
        "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
#ifdef __AVX512F__
        "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26", "xmm27",
        "xmm28", "xmm29", "xmm30", "xmm31", "k1", "k2", "k3", "k4", "k5", "k6", "k7",
#endif
        "memory", "cc");
  return from;
#else
  return boost::context::detail::jump_fcontext(to, data);
#endif
}

/**
 * The C++ runtime's record of exceptions in flight (Itanium C++ ABI, 2.2.2). It belongs to an OS thread,
 * but each green thread needs its own: it may be suspended in a catch block or in a destructor that unwinding runs.
 */
struct exception_state {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

/** The exception state of this OS thread: the same address for as long as the OS thread lives. */
[[nodiscard]] exception_state& live_exception_state() noexcept;

/** A stack of calls that is suspended, or running. */
class context {
 public:
  /** Prepares a context that calls `entry`, which must never return, on `on` below `top` (aligned by this call). */
  void prepare(const stack& on, char* top, void (*entry)());

  /**
   * Suspends the running context, which is `*this`, and goes on with `next`; returns when somebody switches back.
   * Costs one jump. `live` is live_exception_state() of this OS thread.
   */
  void switch_to(context& next, exception_state& live);

  /** As switch_to, but `*this` will never be resumed: its stack may be used again. */
  [[noreturn]] void leave_to(context& next, exception_state& live);

 private:
  struct entry_point;

  void jump(context& next, exception_state& live, void** fake_stack);
  void arrived(void* from_calls, void* from) noexcept;

  void* calls_ = nullptr;  // Boost's fcontext_t: where the suspended calls stand
  void (*entry_)() = nullptr;
  context* next_ = nullptr;  // the context that this one was last left for
  exception_state exceptions_;
  const void* stack_bottom_ = nullptr;  // for the address sanitizer; the OS thread's own are learnt at the first jump
  std::size_t stack_size_ = 0;
  void* fake_stack_ = nullptr;
};

/** Tells Valgrind, where it runs us, of a stack. */
void tools_see_stack(const stack& mapped) noexcept;

/** Tells the address sanitizer, where it is built in, that frames on this stack were dropped without returning. */
void tools_forget_frames(const stack& dropped) noexcept;
void tools_forget_frames(const void* bottom, std::size_t size) noexcept;

// Inline, because after a jump the processor mispredicts every return: the fewer there are, the cheaper a switch.

inline void context::arrived(void* from_calls, void* from) noexcept {
  auto* left = static_cast<context*>(from);
  left->calls_ = from_calls;
#ifdef HEDDLE_ADDRESS_SANITIZER
  __sanitizer_finish_switch_fiber(fake_stack_, &left->stack_bottom_, &left->stack_size_);
#endif
}

inline void context::jump(context& next, exception_state& live, [[maybe_unused]] void** fake_stack) {
  next_ = &next;
  exceptions_ = live;
  live = next.exceptions_;
#ifdef HEDDLE_ADDRESS_SANITIZER
  __sanitizer_start_switch_fiber(fake_stack, next.stack_bottom_, next.stack_size_);
#endif
  const auto from = jump_balanced(next.calls_, this);
  arrived(from.fctx, from.data);
}

inline void context::switch_to(context& next, exception_state& live) { jump(next, live, &fake_stack_); }

inline void context::leave_to(context& next, exception_state& live) {
  jump(next, live, nullptr);
  std::abort();  // nobody resumes a context that was left
}

}  // namespace heddle::sim
