//! Tests of the distributor alone.
