//! See the tests' names.
