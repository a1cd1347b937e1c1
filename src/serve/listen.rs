//! The port to listen at: the one asked for, or the next that is free.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, Result};
use tokio::net::TcpListener;

/// How many ports are tried before giving up.
const ATTEMPTS: u16 = 100;

/// Listens at the first free port from the one given.
///
/// # Errors
/// If none is free, or if listening is not allowed.
pub async fn listen(host: IpAddr, port: u16) -> Result<TcpListener> {
    let mut last = port;
    loop {
        let address = SocketAddr::new(host, last);
        let failure = match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(failure) => failure,
        };
        let next = last.checked_add(1).filter(|next| next - port < ATTEMPTS);
        last = match (failure.kind(), next) {
            (ErrorKind::AddrInUse, Some(next)) => next,
            (ErrorKind::PermissionDenied, _) => {
                return Err(failure).with_context(|| {
                    format!("cannot listen at {address}; ports below 1024 often need more rights")
                });
            }
            _ => return Err(failure).with_context(|| format!("cannot listen at {address}")),
        };
    }
}
