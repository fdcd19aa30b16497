//! Tests of the registry on its own: two platforms, strangers, and time.

mod costs;
mod matrix;
mod members;
mod platforms;
mod properties;
mod reserving;
mod stage;
