#pragma once
inline std::string word() { return "word"; }
