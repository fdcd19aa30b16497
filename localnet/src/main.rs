//! `tenor-localnet`: a Stellar network in one process, for development and tests. It never speaks to another node.

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::Parser;

use tenor_localnet::node::{CloseMode, Options};
use tenor_localnet::settings::{self, Limits};
use tenor_localnet::{http, worker};

/// A Stellar network in one process, for development and tests.
#[derive(Parser)]
#[command(name = "tenor-localnet", version)]
struct Cli {
    /// Port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Passphrase of the network; its hash is the network id and the root account's key.
    #[arg(long, default_value = "Standalone Network ; February 2017")]
    passphrase: String,
    /// Limits, fees and times to live: `mainnet`, `testnet`, `unlimited`, or a file that says what differs from one.
    #[arg(long, default_value = "mainnet", value_parser = Limits::parse)]
    limits: Limits,
    /// Ledgers whose transactions and events can be asked for; what is older is forgotten.
    #[arg(long, default_value_t = settings::RETENTION_LEDGERS, value_parser = clap::value_parser!(u32).range(1..))]
    retention: u32,
    /// Directory that keeps the ledger across restarts; without it the ledger lives in memory.
    #[arg(long)]
    data: Option<PathBuf>,
    /// `instant`, `manual`, `mainnet` for its five seconds, or the milliseconds between ledgers.
    #[arg(long, default_value = "1000", value_parser = CloseMode::parse)]
    close: CloseMode,
}

fn main() {
    if let Err(error) = run(Cli::parse()) {
        eprintln!("tenor-localnet: {error}");
        std::process::exit(1);
    }
}

#[tokio::main(worker_threads = 2)]
async fn run(cli: Cli) -> Result<(), String> {
    let listener = tokio::net::TcpListener::bind((cli.host, cli.port))
        .await
        .map_err(|e| format!("cannot listen on {}:{}: {e}", cli.host, cli.port))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let options = Options {
        passphrase: cli.passphrase,
        limits: cli.limits,
        mode: cli.close,
        data: cli.data,
        retention: cli.retention,
    };
    let ledger = worker::start(options)?;
    let base = format!("http://{address}");
    println!("listening on {base}");
    std::io::stdout().flush().map_err(|e| e.to_string())?;
    tokio::select! {
        served = http::serve(listener, ledger, &base) => served.map_err(|e| e.to_string())?,
        () = stop_signal() => {}
    }
    // Everything that was answered is in the log already, so there is nothing to wait for.
    std::process::exit(0);
}

async fn stop_signal() {
    use tokio::signal::unix::{signal, SignalKind};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be listened to");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
