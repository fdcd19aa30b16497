//! Tests of the share token alone.
