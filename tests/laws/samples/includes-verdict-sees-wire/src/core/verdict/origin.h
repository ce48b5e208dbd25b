#include "core/wire/bgp/update.h"
