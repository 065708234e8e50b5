//! Without scripts, without WebAssembly, without storage, without a network, with a slow one.

use serde_json::json;

use crate::answers::FIREWALL;
use crate::chrome::Browser;

// Every text and every command is in the page itself, and so are ways to find it.
#[test]
fn without_scripts() {
    Browser::online("no-scripts").run(|page| async move {
        page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        page.open("azure/client-ip-not-allowed/").await;
        let text = page.text("return document.body.innerText").await;
        for part in ["Is this my error", "is not allowed access", "Which cause is mine"] {
            assert!(text.contains(part), "{part:?} isn't shown:\n{text}");
        }
        assert!(text.contains("az acr network-rule add --name <registry>"), "{text}");
        assert!(text.contains("Without scripts"), "it should say what doesn't work:\n{text}");
        let dead = "return [...document.querySelectorAll('#q, [data-copy], form, select')]
            .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)).join('\\n')";
        assert_eq!(page.text(dead).await, "", "shown, but of no use without scripts");
        page.click("noscript a[href$='codes/']").await;
        page.until("the codes", "document.querySelector('#content a[href*=CRG0014E]') && 1").await;
    });
}

// Where WebAssembly is forbidden, words still find pages, and it says that nothing is diagnosed.
#[test]
fn without_webassembly() {
    Browser::online("no-wasm").run(|page| async move {
        let forbid = json!({ "source": "delete globalThis.WebAssembly" });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", forbid).await;
        page.open("").await;
        page.paste(FIREWALL).await;
        let found = page.results().await;
        let near = found.iter().take(3).any(|r| r.problem == "azure/client-ip-not-allowed");
        assert!(near, "found {found:?}");
        assert!(found.iter().all(|r| r.confidence.is_empty()), "a diagnosis: {found:?}");
        let said = page.text("return document.getElementById('results').innerText").await;
        assert!(said.contains("WebAssembly is off"), "{said}");
    });
}

// A browser that forbids storage loses the memory between pages and nothing else.
#[test]
fn without_storage() {
    Browser::online("no-storage").run(|page| async move {
        let forbid = "for (const store of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, store, { get() { throw new DOMException('no') } })";
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": forbid })).await;
        page.open("").await;
        page.paste(FIREWALL).await;
        assert_eq!(page.results().await[0].problem, "azure/client-ip-not-allowed");
        let filled = "document.querySelector('#results [data-capture=registry]')?.textContent";
        assert_eq!(page.until("the registry's name", filled).await, "contoso");
        let complaints = page.complaints().await;
        assert!(complaints.is_empty(), "{complaints:?}");
    });
}

// After one visit the site works without a network: pages, the box and its answers.
#[test]
fn without_a_network_after_a_visit() {
    Browser::online("offline").run(|page| async move {
        page.open("").await;
        let ready = "navigator.serviceWorker.controller?.state === 'activated'";
        page.until("the worker has all files", ready).await;
        page.go_offline();
        page.reload().await;
        page.paste(FIREWALL).await;
        assert_eq!(page.results().await[0].problem, "azure/client-ip-not-allowed");
        page.until("the steps", "document.querySelector('#results .command') && true").await;
        page.open("ibm/login-credentials-not-valid/").await;
        page.until("a page not seen before", "document.querySelector('article.problem')").await;
        page.open("no/such/page/").await;
        let missing = "document.querySelector('h1')?.textContent.includes('no page')";
        page.until("the page for unknown addresses", missing).await;
    });
}

// A new version waits until the reader takes it: until then every page is of the old one.
#[test]
fn an_update_never_shows_a_mixed_site() {
    Browser::online("update").run(|page| async move {
        page.open("").await;
        let ready = "navigator.serviceWorker.controller?.state === 'activated'";
        page.until("the worker has all files", ready).await;
        let version = "return document.documentElement.dataset.version";
        let old = page.text(version).await;
        page.publish(pullmedic_e2e::small_site());
        page.reload().await;
        page.until("an offer", "document.querySelector('.notice button') && true").await;
        assert_eq!(page.text(version).await, old);
        page.open("ibm/login-credentials-not-valid/").await;
        assert_eq!(page.text(version).await, old, "a page not seen before, of the old version");
        page.until("the offer again", "document.querySelector('.notice button') && true").await;
        page.open("").await;
        page.click(".notice button").await;
        let is_new = format!("document.documentElement.dataset.version !== '{old}'");
        page.until("the new version", &is_new).await;
    });
}

// What a text needs of the table is asked for before the scripts that show an answer have come.
#[test]
fn before_the_scripts_have_come() {
    Browser::online("early").run(|page| async move {
        page.cdp("Network.enable", json!({})).await;
        page.cdp("Network.setBlockedURLs", json!({ "urls": ["*/site.js*"] })).await;
        page.open("").await;
        page.paste(FIREWALL).await;
        let asked =
            "performance.getEntriesByType('resource').some(({ name }) => name.includes('/shard-'))";
        page.until("a shard", asked).await;
    });
}

// On a slow line, what is pasted before the engine has come is answered when it has.
#[test]
fn on_a_slow_network() {
    Browser::online("slow").run(|page| async move {
        page.cdp("Network.enable", json!({})).await;
        let slow = json!({
            "offline": false, "latency": 400, "downloadThroughput": 50_000,
            "uploadThroughput": 50_000,
        });
        page.cdp("Network.emulateNetworkConditions", slow).await;
        page.open("").await;
        page.paste(FIREWALL).await;
        assert_eq!(page.results().await[0].problem, "azure/client-ip-not-allowed");
    });
}
