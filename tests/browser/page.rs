//! What a test does with the browser's page: open, paste, press keys, ask, wait.
//!
//! Nothing sleeps for a fixed time: [`Page::until`] asks again until its condition holds, and says
//! what was on the page when it never does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::server::Server;

/// How long a page may take to do what is waited for, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_mins(1);

/// A tab with the site.
pub(crate) struct Page {
    client: Client,
    base: String,
    server: Server,
}

/// One result as the contract's hooks show it: `azure/some-problem`, and `certain` or "".
#[derive(Debug, PartialEq)]
pub(crate) struct Result {
    pub(crate) problem: String,
    pub(crate) confidence: String,
}

impl Page {
    /// An empty tab; what the browser fetched for its own first page is forgotten.
    pub(crate) async fn new(client: Client, base: String, server: Server) -> Page {
        let page = Page { client, base, server };
        page.client.goto("about:blank").await.unwrap_or_else(|e| panic!("no empty tab: {e}"));
        page.requests().await;
        page
    }

    /// Opens a page of the site: `azure/`, `#q=CRG0014E`, or nothing for the home page.
    pub(crate) async fn open(&self, path: &str) {
        let url = self.url(path);
        self.client.goto(&url).await.unwrap_or_else(|e| panic!("can't open {url}: {e}"));
    }

    /// A page's address; on a disk a folder's page has to be named.
    pub(crate) fn url(&self, path: &str) -> String {
        let (path, anchor) = path.split_at(path.find('#').unwrap_or(path.len()));
        let on_disk = self.base.starts_with("file:");
        let index =
            if on_disk && (path.is_empty() || path.ends_with('/')) { "index.html" } else { "" };
        format!("{}{path}{index}{anchor}", self.base)
    }

    /// Reloads the page.
    pub(crate) async fn reload(&self) {
        self.client.refresh().await.unwrap_or_else(|e| panic!("can't reload: {e}"));
    }

    /// What a script returns.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        let answer = self.client.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|e| panic!("{script}\n{e}"))
    }

    /// What a script returns, as text.
    pub(crate) async fn text(&self, script: &str) -> String {
        let answer = self.ask(script).await;
        answer.as_str().map_or_else(|| answer.to_string(), str::to_owned)
    }

    /// Waits until an expression is true, 0 and "" being false; gives its value.
    pub(crate) async fn until(&self, what: &str, expression: &str) -> Value {
        let started = Instant::now();
        loop {
            let value = self.ask(&format!("return ({expression}) || false")).await;
            if value != Value::Bool(false) {
                return value;
            }
            if started.elapsed() > PATIENCE {
                let seen = self.seen().await;
                panic!("never: {what}\n  {expression}\n{seen}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// For failures: where we are and what is shown.
    async fn seen(&self) -> String {
        self.text(
            "const r = document.getElementById('results'), box = document.getElementById('q');
             const part = (text) => text?.slice(0, 1200), focus = document.activeElement;
             return `at ${location.href}\nbox: ${part(box?.value)}\n` +
                 `results: ${part(r?.innerText)}\nfocus: ${part(focus.outerHTML)}`",
        )
        .await
    }

    /// Pastes into the box with the browser's own paste, as Ctrl+V does.
    pub(crate) async fn paste(&self, text: &str) {
        self.clipboard(text).await;
        self.ask("const q = document.getElementById('q'); q.focus(); q.select()").await;
        let press = json!({
            "type": "keyDown", "key": "v", "code": "KeyV", "modifiers": 2, "commands": ["paste"],
        });
        self.cdp("Input.dispatchKeyEvent", press).await;
        self.cdp("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": "v" })).await;
        self.until("the text is in the box", "document.getElementById('q').value").await;
    }

    /// Puts a text on the clipboard.
    async fn clipboard(&self, text: &str) {
        self.allow_clipboard().await;
        let write = "const [text, done] = arguments;
            navigator.clipboard.writeText(text).then(() => done(''), (e) => done(String(e)))";
        let said = self.client.execute_async(write, vec![json!(text)]).await;
        assert_eq!(said.expect("an answer"), json!(""), "the clipboard takes no text");
    }

    /// What is on the clipboard.
    pub(crate) async fn clipboard_text(&self) -> String {
        self.allow_clipboard().await;
        let read = "const [done] = arguments;
            navigator.clipboard.readText().then(done, (e) => done(String(e)))";
        let said = self.client.execute_async(read, Vec::new()).await.expect("an answer");
        said.as_str().unwrap_or_default().to_owned()
    }

    async fn allow_clipboard(&self) {
        let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
        self.cdp("Browser.grantPermissions", json!({ "permissions": permissions })).await;
    }

    /// Types into whatever has the focus: `\u{e007}` is Enter, other keys as `WebDriver` has them.
    pub(crate) async fn keys(&self, keys: &str) {
        let focus = self.client.active_element().await.expect("something has the focus");
        focus.send_keys(keys).await.unwrap_or_else(|e| panic!("can't type {keys:?}: {e}"));
    }

    /// Types into the box.
    pub(crate) async fn type_in_box(&self, text: &str) {
        self.ask("document.getElementById('q').focus()").await;
        self.keys(text).await;
    }

    /// Types into the first element that a selector finds, in place of what it holds.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let field = format!("document.querySelector({})", json!(selector));
        self.until("a field to type in", &format!("{field} && true")).await;
        self.ask(&format!("{field}.focus(); {field}.select()")).await;
        self.keys(text).await;
    }

    /// Clicks the first element that a selector finds, once it is in sight.
    pub(crate) async fn click(&self, selector: &str) {
        let there = format!("document.querySelector({})?.checkVisibility()", json!(selector));
        self.until("something to click", &there).await;
        let element = self.client.find(fantoccini::Locator::Css(selector)).await.expect("it");
        element.click().await.unwrap_or_else(|e| panic!("can't click {selector}: {e}"));
    }

    /// The results shown, once there are any.
    pub(crate) async fn results(&self) -> Vec<Result> {
        self.until("a result", "document.querySelector('#results [data-problem]') && true").await;
        self.results_now().await
    }

    /// The results shown now, in their order.
    pub(crate) async fn results_now(&self) -> Vec<Result> {
        let rows = self
            .ask(
                "return [...document.querySelectorAll('#results [data-problem]')]
                    .map((e) => [e.dataset.problem, e.dataset.confidence ?? ''])",
            )
            .await;
        let word = |row: &Value, i: usize| row[i].as_str().unwrap_or_default().to_owned();
        let rows = rows.as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| Result { problem: word(row, 0), confidence: word(row, 1) }).collect()
    }

    /// Waits until something is answered, be it that nothing was found.
    pub(crate) async fn answered(&self) {
        let shown = "!document.getElementById('results').hidden
            && document.getElementById('results').innerText";
        self.until("an answer", shown).await;
    }

    /// A viewport of this size, in CSS pixels.
    pub(crate) async fn viewport(&self, width: u32, height: u32) {
        let mobile = width < 600;
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Light or dark, as the system would say it.
    pub(crate) async fn scheme(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Takes the network away.
    pub(crate) fn go_offline(&self) {
        self.server.go_offline();
    }

    /// Another version of the site takes the place of this one.
    pub(crate) fn publish(&self, folder: PathBuf) {
        self.server.publish(folder);
    }

    /// A command of the Chrome `DevTools` protocol.
    pub(crate) async fn cdp(&self, cmd: &str, params: Value) -> Value {
        let body = json!({ "cmd": cmd, "params": params });
        let command = Extension { path: "goog/cdp/execute", body };
        self.client.issue_cmd(command).await.unwrap_or_else(|e| panic!("{cmd}: {e}"))
    }

    /// What the console has said since it was last asked: warnings and errors, CSP's among them.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let severe = entries.into_iter().filter(|e| e["level"] != "INFO" && e["level"] != "DEBUG");
        severe.map(|e| e["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Every address asked for since this was last asked, save what lies in the page or browser.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let entries = self.log("performance").await;
        let sent = entries.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            let is_request = event["method"] == "Network.requestWillBeSent";
            let url = event["params"]["request"]["url"].as_str().filter(|_| is_request)?;
            Some(url.to_owned())
        });
        let within = ["data:", "blob:", "about:", "chrome:"];
        sent.filter(|url| !within.iter().any(|scheme| url.starts_with(scheme))).collect()
    }

    /// The requests among `urls` that leave the site.
    pub(crate) fn outside(&self, urls: Vec<String>) -> Vec<String> {
        urls.into_iter().filter(|url| !url.starts_with(&self.base)).collect()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let command = Extension { path: "se/log", body: json!({ "type": kind }) };
        let entries = self.client.issue_cmd(command).await;
        let entries = entries.unwrap_or_else(|e| panic!("the {kind} log: {e}"));
        entries.as_array().cloned().unwrap_or_default()
    }
}

/// A command of `ChromeDriver`'s beyond the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> std::result::Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
