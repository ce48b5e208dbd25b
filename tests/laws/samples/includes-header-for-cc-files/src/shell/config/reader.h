#include "shell/config/options.h"
