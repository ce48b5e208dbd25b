#include <core/model/route.h>
