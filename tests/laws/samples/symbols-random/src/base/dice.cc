#include <random>
unsigned dice() { return std::random_device()(); }
