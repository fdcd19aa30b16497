//! The thread that owns the ledger, and the handle by which everybody else asks it. The host needs a deep stack.

use std::sync::mpsc::{channel, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::node::{Node, Options};

/// The host recurses: nested calls take more than a mebibyte each, and an overflow would end the process.
const STACK_BYTES: usize = 100 << 20;

/// Answers of jobs whose effects are safe together go out together, at most this long after the first.
const GROUP_TIME: Duration = Duration::from_millis(5);

type Job = Box<dyn FnOnce(&mut Node) -> Reply + Send>;
type Reply = Box<dyn FnOnce()>;

#[derive(Clone)]
pub struct Handle {
    jobs: Sender<Job>,
}

/// The worker is gone: the process is stopping.
#[derive(Debug)]
pub struct Stopped;

impl Handle {
    /// Runs a job on the ledger; its answer comes when what it did is safe on disk.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Node) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |node| {
            let told = job(node);
            Box::new(move || drop(answer.send(told)))
        });
        self.jobs.send(job).map_err(|_| Stopped)?;
        answered.await.map_err(|_| Stopped)
    }
}

/// Starts the network on its own thread; returns when its first ledgers are closed.
pub fn start(options: Options) -> Result<Handle, String> {
    let (jobs, queue) = channel();
    let (ready, started) = channel();
    thread::Builder::new()
        .name("ledger".to_string())
        .stack_size(STACK_BYTES)
        .spawn(move || match Node::start(options) {
            Err(error) => drop(ready.send(Err(error))),
            Ok(mut node) => {
                drop(ready.send(Ok(())));
                serve(&mut node, &queue);
            }
        })
        .map_err(|e| format!("the ledger thread cannot start: {e}"))?;
    started.recv().map_err(|_| "the ledger thread ended at start".to_string())??;
    Ok(Handle { jobs })
}

fn serve(node: &mut Node, queue: &Receiver<Job>) {
    // A panic outside of the host may leave half a ledger behind: better no process than a wrong one.
    let _guard = AbortOnPanic;
    loop {
        let job = match node.idle_time() {
            Some(time) => match queue.recv_timeout(time) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            },
            None => match queue.recv() {
                Ok(job) => Some(job),
                Err(_) => return,
            },
        };
        let mut replies = Vec::new();
        let started = Instant::now();
        let mut next = job;
        while let Some(job) = next.take() {
            replies.push(job(node));
            // One wait for the disk serves everybody who came meanwhile.
            if node.is_unsettled() && started.elapsed() < GROUP_TIME {
                next = queue.try_recv().ok();
            }
        }
        node.close_if_due();
        node.settle();
        replies.into_iter().for_each(|reply| reply());
    }
}

struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("tenor-localnet: the ledger thread failed; stopping");
            std::process::abort();
        }
    }
}
