//! Whom the preview answers: drafts are not for whatever page a browser happens
//! to have open.
//!
//! Any name can be made to lead to this machine by whoever owns the name, and a
//! browser then takes the preview for that owner's. So a request must name this
//! machine by what nobody else can give it: `localhost`, or the very address
//! that it came to. And browsers tell when another site is what asks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

/// How a connection came here.
#[derive(Debug, Clone, Copy)]
pub struct Reached {
    /// The address that the preview was told to listen at.
    pub host: IpAddr,
    /// The one that the connection came to.
    pub local: IpAddr,
}

/// Why a request is not answered, with the status that says so.
pub fn refusal(request: &Request, reached: Reached) -> Option<(StatusCode, &'static str)> {
    const NAME: &str = "refused: the preview answers to `localhost` and to its own address only\n";
    let hosts: Vec<_> = request.headers().get_all(HOST).iter().collect();
    let [host] = hosts[..] else {
        return Some((StatusCode::BAD_REQUEST, "refused: name one host\n"));
    };
    let is_own = |authority: &str| names(authority, reached);
    // A request may name a second one in its first line.
    let target = request.uri().authority().map(|authority| authority.as_str());
    if !host.to_str().is_ok_and(is_own) || !target.is_none_or(is_own) {
        return Some((StatusCode::FORBIDDEN, NAME));
    }
    asked_by_another(request.headers(), host).then_some((
        StatusCode::FORBIDDEN,
        "refused: another site asks for this; write the address into a new tab\n",
    ))
}

/// Whether a host, with or without a port, is this machine under a name that is
/// nobody else's.
fn names(authority: &str, reached: Reached) -> bool {
    let Some(host) = without_port(authority) else { return false };
    let address: Option<IpAddr> = match host.strip_prefix('[') {
        Some(rest) => {
            rest.strip_suffix(']').and_then(|six| six.parse::<Ipv6Addr>().ok()).map(IpAddr::from)
        }
        None => host.parse::<Ipv4Addr>().ok().map(IpAddr::from),
    };
    match address.map(|address| address.to_canonical()) {
        Some(address) => {
            let own = [reached.host, reached.local].map(|own| own.to_canonical());
            address.is_loopback() || own.contains(&address)
        }
        None => host.strip_suffix('.').unwrap_or(host).eq_ignore_ascii_case("localhost"),
    }
}

fn without_port(authority: &str) -> Option<&str> {
    let end = authority.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = authority[end..].find(':') else { return Some(authority) };
    let (host, port) = (&authority[..end + colon], &authority[end + colon + 1..]);
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok());
    is_port.then_some(host)
}

/// Whether a browser says that a page of another site asks, or one that stands
/// at another port of this machine. Such a page may lead here by a plain link if
/// it is of this machine. An older browser tells the origin only.
fn asked_by_another(headers: &HeaderMap, host: &HeaderValue) -> bool {
    let is = |name: &str, wanted: &str| {
        headers.get_all(name).iter().any(|value| value.as_bytes() == wanted.as_bytes())
    };
    let sites = headers.get_all("sec-fetch-site").iter();
    let is_own = |origin: &HeaderValue| {
        origin.as_bytes().strip_prefix(b"http://").is_some_and(|own| own == host.as_bytes())
    };
    let is_foreign = headers.get_all(ORIGIN).iter().any(|origin| !is_own(origin));
    is_foreign
        || sites.into_iter().any(|site| match site.as_bytes() {
            b"same-origin" | b"none" => false,
            b"same-site" => !is("sec-fetch-mode", "navigate") || !is("sec-fetch-dest", "document"),
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const LAN: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));

    #[test]
    fn only_names_that_nobody_else_can_give_are_this_machines() {
        let here = Reached { host: LOCAL, local: LOCAL };
        for good in [
            "localhost",
            "localhost:4000",
            "LocalHost:80",
            "localhost.",
            "localhost.:4000",
            "localhost:",
            "127.0.0.1",
            "127.0.0.1:4000",
            "127.9.9.9:1",
            "[::1]",
            "[::1]:4000",
            "[0:0:0:0:0:0:0:1]:4000",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(names(good, here), "{good}");
        }
        for bad in [
            "",
            ":",
            ":4000",
            ".",
            "x",
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "evil.localhost",
            "127.0.0.1.evil.example",
            "127.0.0.1.",
            "localhost..",
            "localhost@evil.example",
            "evil.example@localhost",
            "evil.example#localhost",
            "localhost:4000:80",
            "localhost:x",
            "localhost:99999",
            "localhost:-1",
            "localhost:+1",
            "localhost/",
            " localhost",
            "::1",
            "[::1",
            "::1]",
            "[::1]x",
            "[::1]x:80",
            "[::1%25lo]",
            "[localhost]",
            "[127.0.0.1]",
            "[]",
            "127.1",
            "0x7f.0.0.1",
            "2130706433",
            "0.0.0.0",
            "[::]",
            "192.168.1.7",
            "ｌocalhost",
        ] {
            assert!(!names(bad, here), "{bad}");
        }
    }

    #[test]
    fn the_address_that_was_asked_for_is_a_name_too() {
        let at = |host, local| Reached { host, local };
        assert!(names("192.168.1.7:4000", at(LAN, LAN)));
        assert!(names("192.168.1.7:4000", at(ALL, LAN)));
        assert!(names("0.0.0.0:4000", at(ALL, LOCAL)));
        assert!(names(
            "192.168.1.7",
            at("::".parse().unwrap_or(ALL), "::ffff:192.168.1.7".parse().unwrap_or(ALL))
        ));
        for other in ["192.168.1.8", "evil.example", "my-machine", "0.0.0.0"] {
            assert!(!names(other, at(LAN, LAN)), "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_name_that_is_taken_is_localhost_or_an_address(host in "[a-l0-9.:@\\[\\]%/#l-]{0,14}|localhost[.:@a0]{0,4}|127[.0-9:x]{0,9}") {
            let here = Reached { host: LOCAL, local: LOCAL };
            if names(&host, here) {
                let known = ["localhost", "127.", "["].iter().any(|start| host.starts_with(start));
                proptest::prop_assert!(known, "{host}");
                let odd = |c: char| !(c.is_ascii_alphanumeric() || ".:[]".contains(c));
                proptest::prop_assert!(!host.contains(odd), "{host}");
            }
        }
    }
}
