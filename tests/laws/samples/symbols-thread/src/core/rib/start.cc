#include <thread>
void start() { std::thread([] {}).join(); }
