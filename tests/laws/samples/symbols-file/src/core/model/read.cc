#include <cstdio>
int read_one(const char* path) { return std::fgetc(std::fopen(path, "r")); }
