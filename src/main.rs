mod error;
mod messages;
mod store;
fn main() {}
