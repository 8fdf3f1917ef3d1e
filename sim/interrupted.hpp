// What a signal handler can learn of the code that was interrupted. This alone knows the processors' registers.
#pragma once

#include <ucontext.h>

#include <cstdint>

namespace heddle::sim {

enum class access : std::uint8_t { unknown, read, write, execute };

struct interrupted_code {
  std::uintptr_t pc = 0;
  std::uintptr_t stack_pointer = 0;
  access fault = access::unknown;  ///< of a memory fault
};

/** Reads a handler's third argument. Zeros on processors that are not known. */
[[nodiscard]] inline interrupted_code read_interrupted(const void* context) noexcept {
  interrupted_code result;
  [[maybe_unused]] const mcontext_t& registers = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  result.pc = static_cast<std::uintptr_t>(registers.gregs[REG_RIP]);
  result.stack_pointer = static_cast<std::uintptr_t>(registers.gregs[REG_RSP]);
  const auto error = static_cast<std::uint64_t>(registers.gregs[REG_ERR]);  // Intel SDM, volume 3, 4.7
  result.fault = (error & 16U) != 0 ? access::execute : (error & 2U) != 0 ? access::write : access::read;
#elif defined(__aarch64__)
  result.pc = registers.pc;
  result.stack_pointer = registers.sp;
  if (result.pc < 4096) result.fault = access::execute;
#endif
  return result;
}

}  // namespace heddle::sim
