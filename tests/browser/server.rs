//! A small static server with a switch: the site as a web host gives it, or no network at all.
//!
//! Folders answer with their `index.html`, what is missing with `404.html`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server on a free port of this machine.
pub(crate) struct Server {
    /// `http://127.0.0.1:<port>/`
    pub(crate) address: String,
    offline: Arc<AtomicBool>,
    folder: Arc<Mutex<PathBuf>>,
}

impl Server {
    /// Serves `folder` until the tests end.
    pub(crate) fn start(folder: &Path) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}/", listener.local_addr().expect("its address"));
        let offline = Arc::new(AtomicBool::new(false));
        let folder = Arc::new(Mutex::new(folder.to_path_buf()));
        let (served, switch) = (Arc::clone(&folder), Arc::clone(&offline));
        thread::spawn(move || serve(&listener, &served, &switch));
        Server { address, offline, folder }
    }

    /// From now on every connection is dropped.
    pub(crate) fn go_offline(&self) {
        self.offline.store(true, Ordering::SeqCst);
    }

    /// From now on another folder is served.
    pub(crate) fn publish(&self, folder: PathBuf) {
        *self.folder.lock().expect("no answer panics") = folder;
    }
}

fn serve(listener: &TcpListener, folder: &Mutex<PathBuf>, offline: &AtomicBool) {
    for stream in listener.incoming().flatten() {
        if offline.load(Ordering::SeqCst) {
            continue;
        }
        let folder = folder.lock().expect("no answer panics").clone();
        // A browser that hangs up in the middle is no fault of the site.
        thread::spawn(move || answer(&stream, &folder).ok());
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    let path = requested(stream)?;
    let file = file_of(folder, &path);
    let (status, file) =
        if file.is_file() { ("200 OK", file) } else { ("404 Not Found", folder.join("404.html")) };
    let body = fs::read(&file)?;
    let kind = content_type(&file);
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

/// The path that is asked for, without what follows `?`; the header lines are read to the end.
fn requested(stream: &TcpStream) -> std::io::Result<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or("/");
    Ok(target.split('?').next().unwrap_or("/").to_owned())
}

fn file_of(folder: &Path, path: &str) -> PathBuf {
    let parts = path.split('/').filter(|part| !part.is_empty() && *part != "..");
    let file = parts.fold(folder.to_path_buf(), |file, part| file.join(part));
    if file.is_dir() { file.join("index.html") } else { file }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "wasm" => "application/wasm",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
