#include <cstdio>
void say(int n) { std::printf("%d\n", n); }
