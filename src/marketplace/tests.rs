//! Tests over the whole table of definitions, and of what is refused.

use super::*;
