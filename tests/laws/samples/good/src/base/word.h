#pragma once
inline int word() { return 1; }
