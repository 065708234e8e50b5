//! A browser for one test: `ChromeDriver`, headless Chromium with an empty profile, and their end.
//!
//! Entry point: [`Browser::run`]. It starts both, gives the test a [`Page`], takes a picture when
//! the test fails, and ends both whatever happened.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::page::Page;
use crate::server::Server;

/// No test takes this long on the slowest machine.
const LIMIT: Duration = Duration::from_mins(5);

/// What a browser that hangs gets to show itself, and to end.
const PARTING: Duration = Duration::from_secs(10);

const ARGUMENTS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=en",
    "--window-size=1280,900",
];

/// How the site is opened.
#[derive(Clone, Copy)]
enum From {
    Disk,
    Server,
}

/// What a test wants of its browser.
pub(crate) struct Browser {
    name: &'static str,
    from: From,
}

impl Browser {
    /// The site by `http:`, from a server of this test's own.
    pub(crate) fn online(name: &'static str) -> Browser {
        Browser { name, from: From::Server }
    }

    /// The site by `file:`.
    pub(crate) fn on_disk(name: &'static str) -> Browser {
        Browser { name, from: From::Disk }
    }

    /// Runs a test in the browser.
    pub(crate) fn run<F, T>(self, test: F)
    where
        F: FnOnce(Page) -> T,
        T: Future<Output = ()> + Send + 'static,
    {
        let site = pullmedic_e2e::site();
        let site = site.canonicalize().unwrap_or_else(|e| panic!("{}: {e}", site.display()));
        let server = Server::start(&site);
        let base = match self.from {
            From::Disk => format!("file://{}/", site.display()),
            From::Server => server.address.clone(),
        };
        let driver = Driver::start();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let client = self.connect(&driver).await;
            let page = Page::new(client.clone(), base, server).await;
            let ended = tokio::spawn(tokio::time::timeout(LIMIT, test(page))).await;
            let failed = !matches!(ended, Ok(Ok(())));
            if failed {
                picture(&client, self.name).await;
            }
            tokio::time::timeout(PARTING, client.close()).await.ok();
            fs::remove_dir_all(self.profile()).ok();
            match ended {
                Ok(in_time) => in_time.unwrap_or_else(|_| panic!("not done after {LIMIT:?}")),
                Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
            }
        });
    }

    fn profile(&self) -> PathBuf {
        let process = std::process::id();
        folder().join(format!("profile-{}-{process}", self.name))
    }

    async fn connect(&self, driver: &Driver) -> Client {
        let mut connect = ClientBuilder::new(HttpConnector::new());
        let Value::Object(capabilities) = self.capabilities() else { unreachable!() };
        connect.capabilities(capabilities);
        let client = connect.connect(&format!("http://127.0.0.1:{}", driver.port)).await;
        client.unwrap_or_else(|e| panic!("Chromium doesn't start: {e}"))
    }

    fn capabilities(&self) -> Value {
        let profile = format!("--user-data-dir={}", self.profile().display());
        let mut arguments: Vec<&str> = ARGUMENTS.to_vec();
        arguments.push(&profile);
        json!({
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        })
    }
}

/// Where pictures and profiles are kept.
fn folder() -> PathBuf {
    let folder = pullmedic_e2e::root().join("target/browser");
    fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    folder
}

#[expect(clippy::print_stdout, reason = "it is part of what a failing test says")]
async fn picture(client: &Client, name: &str) {
    let file = folder().join(format!("{name}.png"));
    if let Ok(Ok(image)) = tokio::time::timeout(PARTING, client.screenshot()).await
        && fs::write(&file, image).is_ok()
    {
        println!("what was seen: {}", file.display());
    }
}

/// A running `chromedriver`.
struct Driver {
    child: Child,
    port: String,
}

impl Driver {
    /// Another try where one says no port: the one that it was given may just have been taken.
    fn start() -> Driver {
        let driver = (0..3).find_map(|_| Driver::try_start());
        driver.expect("chromedriver names its port")
    }

    fn try_start() -> Option<Driver> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let child = command.spawn();
        let mut child = child.unwrap_or_else(|e| panic!("chromedriver doesn't start: {e}"));
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        // What else it says is read, so that it never waits for a reader.
        thread::spawn(move || lines.for_each(drop));
        let driver = Driver { child, port: port.clone().unwrap_or_default() };
        port.map(|_| driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The whole group: a Chromium that hangs doesn't end with its driver.
        let group = format!("-{}", self.child.id());
        Command::new("kill").args(["-KILL", "--", &group]).status().ok();
        self.child.wait().ok();
    }
}
