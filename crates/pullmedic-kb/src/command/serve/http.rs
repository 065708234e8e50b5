//! The server: loopback only, everything from memory.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch::Receiver;

use super::site::Site;
use crate::{Failure, Outcome};

/// Added to every page: asks for news, shows faults, reloads.
const RELOAD: &str = include_str!("reload.js");
/// How long a page's question for news stays open.
const PATIENCE: Duration = Duration::from_secs(25);

pub(super) fn serve(port: u16, site: Receiver<Site>) -> Result<Outcome, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|e| format!("can't listen on port {port}: {e}; choose another with --port"))?;
        anstream::println!("Serving on http://{}/ (stop with Ctrl-C)", listener.local_addr()?);
        axum::serve(listener, router(site)).await?;
        Ok(Outcome::Clean)
    })
}

fn router(site: Receiver<Site>) -> Router {
    Router::new()
        .route(
            "/__pullmedic/reload.js",
            get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], RELOAD) }),
        )
        .route("/__pullmedic/news", get(news))
        .fallback(file)
        .layer(middleware::from_fn(only_this_machine))
        .with_state(site)
}

/// Refuses names that a foreign page could have bound to this machine.
async fn only_this_machine(headers: HeaderMap, request: Request, next: Next) -> Response {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    match name {
        "localhost" | "127.0.0.1" => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "this server answers to localhost only\n").into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Since {
    version: u64,
}

/// Answers when there is a newer build than the page's, or after a while.
async fn news(State(mut site): State<Receiver<Site>>, Query(since): Query<Since>) -> Response {
    let newer = site.wait_for(|s| s.version != since.version);
    let _ = tokio::time::timeout(PATIENCE, newer).await;
    let site = site.borrow();
    let body = serde_json::json!({ "version": site.version, "fault": site.fault });
    axum::Json(body).into_response()
}

async fn file(State(site): State<Receiver<Site>>, uri: Uri) -> Response {
    let site = site.borrow().clone();
    let path = uri.path().trim_start_matches('/');
    let index = format!(
        "{}index.html",
        if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
    );
    let found = [path, &index].into_iter().find_map(|p| Some((p, site.files.get(p)?)));
    match found {
        Some((name, bytes)) => answer(StatusCode::OK, &site, name, bytes),
        None => match site.files.get("404.html") {
            Some(page) => answer(StatusCode::NOT_FOUND, &site, "404.html", page),
            None => (
                StatusCode::NOT_FOUND,
                with_reload(&site, "<!doctype html><title>pullmedic</title>"),
            )
                .into_response(),
        },
    }
}

fn answer(status: StatusCode, site: &Site, name: &str, bytes: &[u8]) -> Response {
    let kind = content_type(name);
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    if kind.starts_with("text/html") {
        return (status, headers, with_reload(site, &String::from_utf8_lossy(bytes)))
            .into_response();
    }
    (status, headers, bytes.to_vec()).into_response()
}

fn with_reload(site: &Site, page: &str) -> String {
    let version = site.version;
    format!(
        "{page}<script defer src=\"/__pullmedic/reload.js\" data-version=\"{version}\"></script>\n"
    )
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("xml") => "application/xml",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
