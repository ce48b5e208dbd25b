inline int word() { return 1; }
