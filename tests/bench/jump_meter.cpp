#include "jump_meter.hpp"

#include <boost/context/detail/fcontext.hpp>
#include <chrono>
#include <vector>

namespace heddle::bench {
namespace {

namespace fcontext = boost::context::detail;

void bounce(fcontext::transfer_t from) {
  for (;;) from = fcontext::jump_fcontext(from.fctx, nullptr);
}

}  // namespace

void jump_meter::jump() {
  constexpr std::uint64_t pairs = 10'000;
  std::vector<char> stack(std::size_t{64} * 1024);
  fcontext::fcontext_t other = fcontext::make_fcontext(stack.data() + stack.size(), stack.size(), &bounce);
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t i = 0; i < pairs; ++i) other = fcontext::jump_fcontext(other, nullptr).fctx;
  spent_ += std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
  jumps_ += 2 * pairs;
}

}  // namespace heddle::bench
