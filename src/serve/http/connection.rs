//! Connections: each one's time and their number are limited, so that clients
//! that send or read nothing hold up nobody for long.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

use super::guard::Reached;

/// How long a request may take to come, and an idle connection is kept.
pub const REQUEST: Duration = Duration::from_secs(10);

/// How long a client may take to read any part of an answer. The event stream
/// is written to more often than that, so one that is gone is noticed.
const READING: Duration = Duration::from_secs(30);

/// How many connections there may be. The rest wait to be accepted; far fewer
/// than the files that a process may have open.
const MOST: usize = 512;

/// Answers by the router until the listener fails.
pub async fn accept(listener: TcpListener, host: IpAddr, router: Router) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(MOST));
    loop {
        let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(answer(stream, host, router.clone(), place));
            }
            Err(error) if is_of_the_client(&error) => {}
            // Too many files are open, most likely: some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers one connection, which keeps its place until it ends.
async fn answer(stream: TcpStream, host: IpAddr, router: Router, place: OwnedSemaphorePermit) {
    let Ok(local) = stream.local_addr() else { return };
    let reached = Reached { host, local: local.ip() };
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(reached);
            Ok::<_, Infallible>(respond(router, request).await)
        }
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(READING));
    let io = TokioIo::new(Box::pin(stream));
    // What goes wrong with a connection is its client's affair.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST)
        .serve_connection(io, service)
        .await;
    drop(place);
}

async fn respond(mut router: Router, request: Request<Body>) -> axum::response::Response {
    use tower_service::Service;
    match router.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
