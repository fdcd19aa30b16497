//! Connections: each is served on its own, and one that keeps the server waiting is ended. It knows no address and no
//! method.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use axum::body::{to_bytes, Body};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// When no more connections can be opened, those that end meanwhile make room.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a caller may keep the server waiting.
#[derive(Clone, Copy)]
pub struct Patience {
    /// For the head of a request, the first one and the next one.
    pub head: Duration,
    /// For a whole body.
    pub body: Duration,
}

impl Patience {
    /// Clients let go of silent connections sooner themselves, so none is ended just as it is used again.
    pub const DEFAULT: Patience = Patience { head: Duration::from_secs(60), body: Duration::from_secs(25) };
}

pub async fn serve(listener: TcpListener, router: Router, patience: Patience) -> std::io::Result<()> {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) if is_the_callers(&error) => continue,
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut protocol = http1::Builder::new();
            protocol.timer(TokioTimer::new()).header_read_timeout(patience.head);
            // A caller that breaks off or talks nonsense harms nobody else.
            let _ = protocol.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn is_the_callers(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset)
}

/// Handlers behind this get bodies whole, of at most `max_bytes`, or never hear of the request.
pub fn whole_bodies(router: Router, max_bytes: usize, patience: Patience) -> Router {
    router.layer(middleware::from_fn(move |request: Request, next: Next| async move {
        let (parts, body) = request.into_parts();
        match timeout(patience.body, to_bytes(body, max_bytes)).await {
            Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
            Ok(Err(_)) => refused(StatusCode::PAYLOAD_TOO_LARGE),
            Err(_) => refused(StatusCode::GATEWAY_TIMEOUT),
        }
    }))
}

fn refused(status: StatusCode) -> Response {
    status.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::post;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    const SHORT: Patience = Patience { head: Duration::from_millis(200), body: Duration::from_millis(200) };

    async fn server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = whole_bodies(Router::new().route("/", post(|body: String| async move { body })), 100, SHORT);
        tokio::spawn(serve(listener, router, SHORT));
        address
    }

    /// Everything the server says to these bytes until it ends the connection.
    async fn told(address: SocketAddr, bytes: &str) -> String {
        let mut line = TcpStream::connect(address).await.unwrap();
        line.write_all(bytes.as_bytes()).await.unwrap();
        let mut text = String::new();
        line.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn a_connection_that_stays_silent_or_half_open_is_ended() {
        let address = server().await;
        assert_eq!(told(address, "").await, "");
        assert!(!told(address, "POST / HTTP/1.1\r\nHost:").await.contains("200"));
        // Also after a request that was answered.
        let answered = told(address, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi").await;
        assert!(answered.starts_with("HTTP/1.1 200") && answered.ends_with("hi"), "{answered}");
    }

    #[tokio::test]
    async fn a_body_that_never_ends_or_is_too_long_gets_an_answer() {
        let address = server().await;
        let slow = told(address, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{").await;
        assert!(slow.starts_with("HTTP/1.1 504"), "{slow}");
        let chunked =
            format!("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n80\r\n{}\r\n", "a".repeat(128));
        assert!(told(address, &chunked).await.starts_with("HTTP/1.1 413"));
    }
}
