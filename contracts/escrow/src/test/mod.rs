//! Tests of the escrow.
