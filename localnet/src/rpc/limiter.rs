//! How many calls of a method may be under way at once, and how long one may take, as stellar-rpc has it by default.
//! It never looks into a call.

use std::future::Future;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{RpcError, METHODS};

/// A method's backlog and its time limit in seconds.
fn limits(method: &str) -> (usize, u64) {
    match method {
        "sendTransaction" => (500, 15),
        "simulateTransaction" => (100, 15),
        "getFeeStats" => (100, 5),
        "getEvents" | "getLedgers" => (1_000, 10),
        _ => (1_000, 5),
    }
}

pub struct Limiter([Room; METHODS.len()]);

struct Room {
    places: Semaphore,
    backlog: usize,
    time: Duration,
}

impl Default for Limiter {
    fn default() -> Limiter {
        Limiter(METHODS.map(|method| {
            let (backlog, seconds) = limits(method);
            Room { places: Semaphore::new(backlog), backlog, time: Duration::from_secs(seconds) }
        }))
    }
}

impl Limiter {
    /// The call's own answer, or an error when too many wait or this one takes too long.
    pub async fn run(
        &self,
        method: &str,
        call: impl Future<Output = Result<Value, RpcError>>,
    ) -> Result<Value, RpcError> {
        let Some(at) = METHODS.iter().position(|known| *known == method) else { return call.await };
        let room = &self.0[at];
        let Ok(_place) = room.places.try_acquire() else {
            let text = format!("rpc queue for {method} surpassed queue limit of {} requests", room.backlog);
            return Err(RpcError::new(RpcError::SYSTEM, text));
        };
        let late = |_| Err(RpcError::new(RpcError::TIME_LIMIT, "request exceeded processing limit threshold"));
        timeout(room.time, call).await.unwrap_or_else(late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::future::{pending, ready};

    #[tokio::test(start_paused = true)]
    async fn a_call_that_takes_too_long_is_told_so() {
        let limiter = Limiter::default();
        for (method, seconds) in [("getHealth", 5), ("getEvents", 10), ("sendTransaction", 15)] {
            let start = tokio::time::Instant::now();
            let refused = limiter.run(method, pending()).await.unwrap_err();
            assert_eq!((refused.code, start.elapsed().as_secs()), (-32001, seconds), "{method}");
        }
    }

    #[tokio::test]
    async fn a_full_backlog_of_one_method_refuses_that_method_alone() {
        let limiter = Limiter::default();
        let waiting: Vec<_> = (0..100).map(|_| Box::pin(limiter.run("simulateTransaction", pending()))).collect();
        let mut all = futures_util::future::join_all(waiting);
        assert!(timeout(Duration::ZERO, &mut all).await.is_err(), "they wait");
        let refused = limiter.run("simulateTransaction", ready(Ok(json!(1)))).await.unwrap_err();
        assert_eq!(refused.code, -32098);
        assert!(refused.message.contains("limit of 100"));
        assert_eq!(limiter.run("getFeeStats", ready(Ok(json!(2)))).await.unwrap(), json!(2));
        drop(all);
        assert_eq!(limiter.run("simulateTransaction", ready(Ok(json!(3)))).await.unwrap(), json!(3));
    }
}
