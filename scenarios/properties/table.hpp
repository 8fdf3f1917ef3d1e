// The table of all property suites.
#pragma once

#include <heddle/property.hpp>

namespace heddle::scenarios {

/** All property suites, in the order in which they are listed. */
property_table all_properties();

}  // namespace heddle::scenarios
