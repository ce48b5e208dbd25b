#include <sstream>
std::string say(int n) { std::ostringstream out; out << n; return out.str(); }
