#include "shell/feed/file.h"
