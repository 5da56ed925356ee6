// Holds the headers that most tests include, compiled once for all of them.
