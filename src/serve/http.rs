//! Answers requests: to whom, addresses, headers, the one line of live reload.

mod address;
mod connection;
mod guard;

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::header::{LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Extension, Router};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::{Stream, StreamExt, wrappers::WatchStream};

use crate::source::hexadecimal;

use super::frame::{escaped, frame};
use super::{Answer, News, State, Tell, Wanted};
use guard::Reached;

/// How long a page may take before the browser is told that something loops.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long the page about the conversion may take, for which all texts are
/// looked at.
const REVIEW_PATIENCE: Duration = Duration::from_secs(120);

/// Where that page stands.
pub const REVIEW: &str = "/__preview/review.html";

/// Clients of the event stream are sent a sign of life this often, so that one
/// that has gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

const SCRIPT: &[u8] = include_bytes!("reload.js");

/// The one line that a previewed page has and a built page has not.
const LINE: &[u8] = b"<script src=\"/__preview/reload.js\" defer></script>\n";

#[derive(Clone)]
struct Desk {
    current: watch::Sender<Arc<State>>,
    tell: Tell,
}

/// Answers until the listener fails. `host` is the address it was asked for.
pub async fn serve(
    listener: TcpListener,
    host: IpAddr,
    current: watch::Sender<Arc<State>>,
    tell: Tell,
) -> io::Result<()> {
    let desk = Desk { current, tell };
    let router = Router::new()
        .route("/__preview/reload.js", any(script))
        .route("/__preview/events", any(events))
        .route(REVIEW, any(review))
        .fallback(page)
        .layer(middleware::from_fn(guarded))
        .with_state(desk);
    connection::accept(listener, host, router).await
}

/// Answers only whom it may. No page of another origin can use what is sent.
async fn guarded(Extension(reached): Extension<Reached>, request: Request, next: Next) -> Response {
    let mut response = match guard::refusal(&request, reached) {
        Some(refusal) => (no_store(), refusal).into_response(),
        None => next.run(request).await,
    };
    const POLICY: &str = "cross-origin-resource-policy";
    response.headers_mut().insert(POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// The answer to a method that nothing here has.
fn not_allowed(allowed: &'static str) -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, HeaderValue::from_static(allowed))]).into_response()
}

fn is_reading(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// What is wrong with the content, now and after each change. A client that
/// does not read misses what it was too slow for, and holds up nobody.
async fn events(Shared(desk): Shared<Desk>, method: Method) -> Response {
    if method != Method::GET {
        return not_allowed("GET");
    }
    let states = WatchStream::new(desk.current.subscribe());
    let keep_alive = KeepAlive::new().interval(HEARTBEAT);
    (no_store(), Sse::new(messages(states)).keep_alive(keep_alive)).into_response()
}

fn messages(
    states: impl Stream<Item = Arc<State>>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    const RETRY: Duration = Duration::from_millis(500);
    states.map(|state| Ok(Event::default().retry(RETRY).data(state.mistakes.json())))
}

fn no_store() -> HeaderMap {
    HeaderMap::from_iter([(CACHE_CONTROL, HeaderValue::from_static("no-store"))])
}

async fn script(method: Method, headers: HeaderMap) -> Response {
    if !is_reading(&method) {
        return not_allowed("GET, HEAD");
    }
    respond(&method, &headers, StatusCode::OK, address::content_type(".js"), SCRIPT.to_vec())
}

async fn page(Shared(desk): Shared<Desk>, request: Request) -> Response {
    // What cannot be a path of a site is looked up as one that no site has.
    let path = address::site_path(request.uri().path()).unwrap_or_default();
    answered(&desk, request, Wanted::Path(path)).await
}

async fn review(Shared(desk): Shared<Desk>, request: Request) -> Response {
    answered(&desk, request, Wanted::Review).await
}

/// Whatever is asked for, the state is taken once.
async fn answered(desk: &Desk, request: Request, wanted: Wanted) -> Response {
    let (method, headers) = (request.method(), request.headers());
    if !is_reading(method) {
        return not_allowed("GET, HEAD");
    }
    let state = desk.current.borrow().clone();
    let html = |status, bytes| {
        respond(method, headers, status, address::content_type(".html"), with_line(bytes))
    };
    let Some(pages) = &state.pages else {
        let text = "The content has mistakes. The page appears when they are mended.";
        return html(StatusCode::SERVICE_UNAVAILABLE, notice(text, "", NONE));
    };
    let (path, patience, guess) = match &wanted {
        Wanted::Path(path) => (path.clone(), PATIENCE, ": does a template loop?"),
        Wanted::Review => (REVIEW.to_owned(), REVIEW_PATIENCE, ""),
    };
    let answer = match tokio::time::timeout(patience, pages.ask(wanted)).await {
        Ok(answer) => answer,
        Err(_) => {
            let seconds = patience.as_secs();
            let text = format!("rendering `{path}` takes more than {seconds} s{guess}");
            (desk.tell)(News::Trouble(text.clone()));
            return (StatusCode::SERVICE_UNAVAILABLE, no_store(), text).into_response();
        }
    };
    match answer {
        Ok(Answer::File(path, bytes)) if path.ends_with(".html") => html(StatusCode::OK, bytes),
        Ok(Answer::File(path, bytes)) => {
            respond(method, headers, StatusCode::OK, address::content_type(&path), bytes)
        }
        Ok(Answer::Review(bytes)) => html(StatusCode::OK, bytes),
        Ok(Answer::Folder) => {
            let place = HeaderValue::from_str(&format!("/{path}/"));
            let place = place.unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::TEMPORARY_REDIRECT, no_store(), [(LOCATION, place)]).into_response()
        }
        Ok(Answer::Missing(bytes)) => html(StatusCode::NOT_FOUND, bytes),
        Ok(Answer::Broken(told, mistakes)) => {
            (desk.tell)(News::Trouble(told.trim_end().to_owned()));
            let text = "The page cannot be rendered.";
            html(StatusCode::INTERNAL_SERVER_ERROR, notice(text, &told, mistakes.json()))
        }
        Err(_) => {
            let text = format!("rendering `{path}` failed");
            (desk.tell)(News::Trouble(text.clone()));
            html(StatusCode::INTERNAL_SERVER_ERROR, notice(&text, "", NONE))
        }
    }
}

/// A response with its tag, or 304 if the client has these bytes.
fn respond(
    method: &Method,
    asked: &HeaderMap,
    status: StatusCode,
    content_type: &'static str,
    bytes: Vec<u8>,
) -> Response {
    let digest = Sha256::digest(&bytes);
    let tag = hexadecimal(&digest[..16]);
    let quoted = format!("\"{tag}\"");
    let length = bytes.len();
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = known
        .flat_map(|value| value.split(','))
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == quoted || one == "*");
    let is_same = status == StatusCode::OK && is_known;
    let is_empty = is_same || method == Method::HEAD;
    let body = if is_empty { Body::empty() } else { Body::from(bytes) };
    let mut response = Response::new(body);
    *response.status_mut() = if is_same { StatusCode::NOT_MODIFIED } else { status };
    let headers = response.headers_mut();
    let text = |text: &str| HeaderValue::from_str(text).expect("digits and quotes are a header");
    headers.insert(ETAG, text(&quoted));
    // A script cannot read the tag of its own page, but it can read this.
    headers.insert("server-timing", text(&format!("etag;desc={quoted}")));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if !is_same {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    response
}

/// A page with the line of live reload before the end of its body.
fn with_line(mut page: Vec<u8>) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|part| part == END).unwrap_or(page.len());
    page.splice(end..end, LINE.iter().copied());
    page
}

/// No mistakes, as the script reads them.
const NONE: &str = r#"{"errors":[],"more":0}"#;

/// A page of the preview's own, for when the site has none to show. What is wrong
/// with this page alone is shown by its script, with what is wrong with all.
fn notice(text: &str, told: &str, mistakes: &str) -> Vec<u8> {
    let (text, told) = (escaped(text), escaped(told));
    let mistakes = mistakes.replace('<', "\\u003c");
    let body = format!(
        "<p>{text}</p>\n<noscript><pre>{told}</pre></noscript>\n\
         <script type=\"application/json\" id=\"tongwen-preview-mistakes\">{mistakes}</script>\n"
    );
    frame("tongwen", "", &body)
}
