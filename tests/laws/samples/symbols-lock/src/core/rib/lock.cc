#include <mutex>
int locked(std::mutex& mutex) { std::lock_guard lock(mutex); return 1; }
