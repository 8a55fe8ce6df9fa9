//! Machines that share shops.

#[cfg(test)]
mod model;
