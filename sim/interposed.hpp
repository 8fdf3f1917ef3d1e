// exit and its kin.
#pragma once

namespace heddle::sim {

/** Does nothing: whoever calls it has the linker take interposed.cpp. */
void link_interposed() noexcept;

}  // namespace heddle::sim
