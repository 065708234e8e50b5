//! What the box answers: logs, words, codes, hosts, texts that are not ours.

use std::fs;

use pullmedic_table::parts::Parts;
use pullmedic_table::{Table, gram_text};

use crate::chrome::Browser;
use crate::page::{Page, Result};

/// A build's log with Windows line ends, colours, timestamps and escaped quotes.
pub(crate) const FIREWALL: &str = concat!(
    "2026-11-20T09:14:02.113Z \u{1b}[36m##[section]\u{1b}[0mStarting: Push image\r\n",
    "2026-11-20T09:14:03.001Z The push refers to repository [contoso.azurecr.io/team/web]\r\n",
    "2026-11-20T09:14:04.500Z 5f70bf18a086: Preparing\r\n",
    "2026-11-20T09:14:05.120Z \u{1b}[31mError response from daemon: ",
    "Get \"https://contoso.azurecr.io/v2/\": denied: {\"errors\":[{\"code\":\"DENIED\",",
    "\"message\":\"client with IP \\u0027203.0.113.7\\u0027 is not allowed access. ",
    "Refer https://aka.ms/acr/firewall to grant access.\"}]}\u{1b}[0m\r\n",
    "2026-11-20T09:14:05.130Z ##[error]Process completed with exit code 1.\r\n",
);

const TWO_REGISTRIES: &str = concat!(
    "Using default tag: latest\n",
    "Error response from daemon: Head \"https://fabrikam.azurecr.io/v2/web/manifests/latest\": ",
    "unauthorized: authentication required, visit https://aka.ms/acr/authorization ",
    "for more information.\n\n",
    "Error response from daemon: Get \"https://de.icr.io/v2/\": unauthorized: ",
    "The login credentials are not valid, or your IBM Cloud account is not active.\n",
);

const DOCKER_HUB: &str = concat!(
    "Error response from daemon: ",
    "Head \"https://registry-1.docker.io/v2/fabrikam/web/manifests/latest\": ",
    "unauthorized: authentication required\n",
);

async fn first(page: &Page) -> Result {
    page.results().await.into_iter().next().expect("a result")
}

// A log as it comes from a terminal leads to its problem, with the reader's own names filled in.
#[test]
fn a_messy_log_is_diagnosed() {
    Browser::online("messy-log").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        let found = first(&page).await;
        assert_eq!(found.problem, "azure/client-ip-not-allowed");
        assert_eq!(found.confidence, "certain");
        let filled = "document.querySelector('#results [data-capture=\"registry\"]')?.textContent";
        assert_eq!(page.until("the registry's name in a command", filled).await, "contoso");
    });
}

// The page guesses which shards a text needs before the module is there, and asks again with what the module makes of it.
#[test]
fn shards_are_guessed_as_they_are_needed() {
    const COMPARED: &str = "return (async () => {
        const entries = performance.getEntriesByType('resource').map(({ name }) => name);
        const front = entries.find((name) => name.includes('/front'));
        const buffer = await (await fetch(front)).arrayBuffer();
        const sorted = (numbers) => [...new Set(numbers.map(Number))].sort((a, b) => a - b).join(' ');
        const guessed = sorted(pullmedicGuess(buffer, document.getElementById('q').value.toLowerCase()));
        const loaded = sorted(entries.flatMap((name) => name.match(/shard-([0-9]+)/)?.[1] ?? []));
        return `guessed ${guessed}, loaded ${loaded}`;
        })()";
    Browser::online("guess").run(|page| async move {
        page.open("").await;
        page.paste("login refused").await; // too short to guess anything for
        page.results().await;
        page.paste(TWO_REGISTRIES).await;
        page.until("an answer", "document.querySelector('#results mark')").await;
        let compared = page.text(COMPARED).await;
        let (guessed, loaded) = compared.split_once(", ").expect("two lists");
        assert_eq!(guessed.strip_prefix("guessed "), loaded.strip_prefix("loaded "));
        assert!(guessed.len() > "guessed ".len(), "no shards at all");
    });
}

// Which shards those are is said by a script: it reads the front as the engine does.
#[test]
fn the_page_names_the_shards_that_the_engine_names() {
    let read = |name| fs::read(pullmedic_e2e::site().join("data").join(name)).expect("a part");
    let core = ["front.bin", "core.bin"].map(read).concat();
    let parts = Table::from_bytes(&core).ok().and_then(Parts::new).expect("a core");
    let symptoms = pullmedic::TABLE.problems().flat_map(pullmedic::Problem::symptoms);
    let texts: Vec<String> =
        symptoms.map(|symptom| format!("\u{212a}: a\\b \u{1b}[1m{}", symptom.text())).collect();
    let needed: Vec<Vec<usize>> = texts.iter().map(|text| parts.needed(text)).collect();
    let letters: Vec<String> = texts.iter().map(|text| gram_text(text)).collect();
    let letters = serde_json::to_string(&letters).expect("JSON");
    let script = format!(
        "return (async () => {{
            const buffer = await (await fetch('data/front.bin')).arrayBuffer();
            const sorted = (numbers) => numbers.sort((a, b) => a - b);
            return JSON.stringify({letters}.map((letters) => sorted(pullmedicGuess(buffer, letters))));
        }})()"
    );
    Browser::online("named-shards").run(|page| async move {
        page.open("").await;
        let named: Vec<Vec<usize>> = serde_json::from_str(&page.text(&script).await).expect("JSON");
        for ((text, named), needed) in texts.iter().zip(named).zip(needed) {
            assert_eq!(named, needed, "for {text}");
        }
    });
}

// The modules free no memory: after many questions another instance answers, and has what the first one had.
#[test]
fn an_instance_that_has_grown_is_replaced() {
    const MANY: &str = "return (async () => {
        const { Instance } = WebAssembly;
        let count = 0;
        WebAssembly.Instance = class extends Instance {
            constructor(...code) { super(...code); count += 1; }
        };
        const engine = await pullmedic.engine();
        const text = document.getElementById('q').value;
        const first = JSON.stringify(await engine.diagnose(text));
        const long = `${'a line of a build that tells of nothing at all\\n'.repeat(20000)}${text}`;
        for (let i = 0; i < 20 && count === 0; i += 1) await engine.diagnose(long);
        const again = JSON.stringify(await engine.diagnose(text));
        return `${count} more, ${first.length > 100 && first === again ? 'the same' : again}`;
        })()";
    Browser::online("grown").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        first(&page).await;
        assert_eq!(page.text(MANY).await, "1 more, the same");
    });
}

// The lines that decided are shown, and what matched in them is marked.
#[test]
fn the_matched_text_is_marked() {
    Browser::online("evidence").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        first(&page).await;
        let marked = page.text("return document.querySelector('#results mark')?.textContent").await;
        assert!(marked.contains("is not allowed access"), "marked: {marked:?}");
    });
}

// Each cause has a line that tells it from the others; choosing it shows how to prove it, and its steps.
#[test]
fn the_chosen_cause_has_its_steps() {
    Browser::online("causes").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        let steps = "document.querySelector('#results .finding-steps h3')?.textContent";
        let first = page.until("the likeliest cause's steps", steps).await;
        let untold = "return [...document.querySelectorAll('#results .choices li')]
            .filter((e) => !e.querySelector('.tell')?.textContent.includes('→')).length";
        assert_eq!(page.ask(untold).await, 0, "causes without a way to tell them");
        page.click("#results .choices li:nth-child(2) label").await;
        let other = format!("{steps} !== {first} && {steps}");
        let second = page.until("another cause's steps", &other).await;
        let label = "return document.querySelector(
            '#results .choices li:nth-child(2) label').firstChild.textContent.trim()";
        assert_eq!(page.ask(label).await, second);
    });
}

// A colour's escape codes, which a terminal would not have shown, aren't shown here either.
#[test]
fn escape_codes_are_not_shown() {
    Browser::online("escape-codes").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        first(&page).await;
        let shown = page.text("return document.querySelector('#results .evidence').textContent");
        let shown = shown.await;
        assert!(shown.contains("Error response from daemon"), "{shown}");
        assert!(!shown.contains("[31m") && !shown.contains('\u{1b}'), "{shown}");
    });
}

// A question may be answered by a table.
#[test]
fn a_question_leads_to_a_table() {
    Browser::online("question").run(|page| async move {
        page.open("").await;
        page.type_in_box("which role do I need to push?").await;
        let tables = "[...document.querySelectorAll('#results .places a')]
            .map((a) => a.pathname).filter((path) => path.endsWith('-roles/')).length";
        page.until("the roles of both providers", &format!("{tables} >= 2")).await;
        page.click("#results .places a").await;
        let rows = "[...document.querySelectorAll('#table tbody tr')].filter((row) => !row.hidden)
            .map((row) => row.innerText.toLowerCase())";
        let only = format!("document.readyState === 'complete' && {rows}.join('|')");
        let shown = page.until("its rows", &only).await.to_string();
        assert!(
            shown.split('|').all(|row| row.contains("push")),
            "rows about something else: {shown}"
        );
    });
}

// A log that names a registry and no known message is told so.
#[test]
fn what_was_understood_is_said() {
    Browser::online("understood").run(|page| async move {
        page.open("").await;
        page.paste("$ frobnicate contoso.azurecr.io/team/web\nfrobnicate: out of glue\n").await;
        page.answered().await;
        let said = page.text("return document.querySelector('.understood')?.innerText").await;
        assert!(said.contains("contoso.azurecr.io (ACR)"), "{said}");
        page.keys("\u{e00c}").await; // Esc
        page.paste("  Warning  BackOff  kubelet  Back-off restarting failed container\n$ kubectl logs web\n").await;
        let kubelet = "document.querySelector('.understood a[href*=kubelet]')?.textContent";
        page.until("whose words they are", kubelet).await;
    });
}

// And by the builder, with its choices made.
#[test]
fn a_question_leads_to_the_builder() {
    Browser::online("question-login").run(|page| async move {
        page.open("").await;
        page.type_in_box("log in with podman to frankfurt by api key").await;
        page.click("#results .places a").await;
        let shown = "[...document.querySelectorAll('[data-login]')]
            .filter((e) => e.checkVisibility()).map((e) => e.querySelector('pre').textContent)
            .join()";
        let command = page.until("a command", shown).await.to_string();
        for part in ["podman login", "iamapikey", "de.icr.io"] {
            assert!(command.contains(part), "no {part}: {command}");
        }
    });
}

// What words are searched with is there before the first key, for who doesn't type at once.
#[test]
fn words_wait_for_nothing() {
    Browser::online("prepared").run(|page| async move {
        page.open("").await;
        for part in ["/search.wasm", "/table.bin", "/data/places.js"] {
            let there = format!(
                "performance.getEntriesByType('resource').some((e) => e.name.includes('{part}') && e.responseEnd > 0)"
            );
            page.until(part, &there).await;
        }
        assert!(page.results_now().await.is_empty(), "nobody asked");
    });
}

// Who names no credential and no cloud is offered none: the builder's own first choice is the usual one.
#[test]
fn the_builder_chooses_only_what_was_asked_for() {
    Browser::online("newcomer").run(|page| async move {
        page.open("").await;
        page.type_in_box("docker login azure not working").await;
        let link = "document.querySelector('#results .places a')?.textContent";
        assert_eq!(page.until("the builder", link).await, "Log in to ACR with Docker");
    });
}

// Words find pages, and claim no diagnosis.
#[test]
fn words_find_pages() {
    Browser::online("words").run(|page| async move {
        page.open("").await;
        page.type_in_box("ip address not allowed by the firewall").await;
        let five = "[...document.querySelectorAll('#results [data-problem]')].slice(0, 5)
            .some((e) => e.dataset.problem === 'azure/client-ip-not-allowed')";
        page.until("the firewall's page is among the first five", five).await;
        let results = page.results_now().await;
        assert!(results.iter().all(|r| r.confidence.is_empty()), "a diagnosis: {results:?}");
    });
}

// Each says what of it has the words, and nothing moves when it does.
#[test]
fn pages_say_why_they_were_found() {
    let height = "return document.querySelector('#results .hits').offsetHeight";
    Browser::online("why").run(|page| async move {
        page.open("").await;
        page.type_in_box("ip address not allowed by the firewall").await;
        page.until("the pages", "document.querySelector('#results .hits') && true").await;
        let before = page.ask(height).await;
        let marks = "[...document.querySelectorAll(
            '#results [data-problem=\"azure/client-ip-not-allowed\"] mark')]";
        let marked = format!("{marks}.map((e) => e.textContent).join(' ')");
        assert_eq!(page.until("the words that it has", &marked).await, "IP allowed");
        assert_eq!(page.ask(height).await, before);
        let untold = "return [...document.querySelectorAll('#results .hits .entry-message')]
            .filter((e) => e.textContent.trim() === '').length";
        assert_eq!(page.ask(untold).await, 0);
    });
}

// A bare code is an answer.
#[test]
fn a_code_is_found() {
    Browser::online("code").run(|page| async move {
        page.open("").await;
        page.type_in_box("CRG0014E").await;
        let at = "document.querySelector('#results [data-problem]')?.dataset.problem
            .startsWith('ibm/')";
        page.until("a problem of IBM's first", at).await;
        let ours = page.text("return document.getElementById('results').innerText").await;
        assert!(!ours.contains("Nothing found"), "{ours}");
    });
}

// A registry's host alone leads to logging in to it and to pages about its provider.
#[test]
fn a_host_is_understood() {
    Browser::online("host").run(|page| async move {
        page.open("").await;
        page.type_in_box("contoso.azurecr.io").await;
        let found = first(&page).await;
        assert!(found.problem.starts_with("azure/"), "found {found:?}");
        assert_eq!(found.confidence, "", "a host is no error");
        page.until("the places", "document.querySelector('#results .places a')").await;
        let places = page.text("return document.querySelector('#results .places').innerText").await;
        assert!(places.starts_with("Log in to contoso.azurecr.io"), "{places}");
        for other in ["notazurecr.io", "contoso.azurecr.io is down"] {
            page.fill("#q", other).await;
            let gone = "!/Log in to contoso/.test(document.getElementById('results').innerText)";
            page.until("no registry to log in to", gone).await;
        }
        page.fill("#q", "contoso.azurecr.io").await;
        page.until("the places again", "/Log in to contoso/.test(document.getElementById('results').innerText)").await;
        page.click("#results .places a").await;
        let filled = "document.querySelector('[data-login]:not([hidden]) [data-capture=registry]')?.textContent";
        assert_eq!(page.until("the registry's name", filled).await, "contoso");
    });
}

// Two registries' errors in one log are two findings, each with its own registry's name.
#[test]
fn several_problems_are_several_findings() {
    Browser::online("several").run(|page| async move {
        page.open("").await;
        page.paste(TWO_REGISTRIES).await;
        let found = page.results().await;
        let has = |id: &str| found.iter().any(|r| r.problem == id && r.confidence == "certain");
        assert!(has("azure/pull-unauthorized"), "found {found:?}");
        assert!(has("ibm/login-credentials-not-valid"), "found {found:?}");
        let filled = "(() => {
            const names = document.querySelectorAll('#results [data-capture=\"registry\"]');
            const all = [...names].map((e) => e.textContent);
            return all.includes('fabrikam') && all.includes('de.icr.io') && all.join(' ') })()";
        page.until("both registries' names in commands", filled).await;
    });
}

// A text that comes in several pieces, faster than what else it shows can be looked up, is described once.
#[test]
fn a_text_in_pieces_is_described_once() {
    Browser::online("pieces").run(|page| async move {
        page.open("").await;
        let enter = "const [text] = arguments;
            for (const end of ['', ' ', '  ', '   ']) {
                document.getElementById('q').value = text + end;
                document.getElementById('q').dispatchEvent(new InputEvent('input', { bubbles: true }));
            }";
        page.ask(&enter.replace("arguments", &format!("[{}]", serde_json::json!(FIREWALL)))).await;
        page.until("what it shows", "document.querySelector('#results .seen') && true").await;
        page.until("the steps", "document.querySelector('#results .command') && true").await;
        let lists = "return document.querySelectorAll('#results .seen').length";
        assert_eq!(page.ask(lists).await, 1);
    });
}

// Somebody else's registry is named as such instead of guessed at.
#[test]
fn docker_hub_gets_no_diagnosis() {
    Browser::online("docker-hub").run(|page| async move {
        page.open("").await;
        page.paste(DOCKER_HUB).await;
        page.answered().await;
        let results = page.results_now().await;
        assert!(results.iter().all(|r| r.confidence.is_empty()), "a diagnosis: {results:?}");
        let said = page.text("return document.getElementById('results').innerText").await;
        assert!(said.contains("docker.io"), "it should say whose it is:\n{said}");
        assert!(said.contains(".azurecr.io/"), "and how to name one's own:\n{said}");
    });
}

// A log that isn't ours is followed by pages only if they have its message, not by those that have any log's words.
#[test]
fn a_foreign_log_gets_no_noise() {
    const HITS: &str = "return [...document.querySelectorAll('#results .hits [data-problem]')]
        .map((e) => e.dataset.problem).join(' ')";
    Browser::online("noise").run(|page| async move {
        page.open("").await;
        for noise in [
            "npm ERR! code ERESOLVE\nnpm ERR! unable to resolve the dependency tree\nerror: exit code 1\n",
            "psql: FATAL: password authentication failed for user \"app\"\nerror: the job failed\n",
            "Error: failed to pull 000000000000.dkr.ecr.eu-west-1.amazonaws.com/web:1: no basic auth credentials\n",
        ] {
            page.paste(noise).await;
            page.answered().await;
            assert_eq!(page.text(HITS).await, "", "for {noise}");
            page.keys("\u{e00c}").await; // Esc
        }
        page.paste("Error response from daemon: pull access denied for fabrikam/web, repository does not exist or may require 'docker login': denied: requested access to the resource is denied\n").await;
        page.answered().await;
        assert!(page.text(HITS).await.contains("azure/image-without-registry-host"));
        page.keys("\u{e00c}").await; // Esc
        page.paste("Error: Get \"https://quay.io/v2/\": x509: certificate signed by unknown authority\n").await;
        page.answered().await;
        assert!(page.text(HITS).await.contains("/tls-unknown-authority"));
        let said = page.text("return document.querySelector('.understood').innerText").await;
        assert!(said.contains("This is from Quay"), "{said}");
    });
}

// Nothing found still says what was understood and what would help.
#[test]
fn an_unrelated_text_gets_advice() {
    Browser::online("unrelated").run(|page| async move {
        page.open("").await;
        page.paste("error[E0382]: borrow of moved value: `tailspin`\n  --> src/main.rs:4:5\n")
            .await;
        page.answered().await;
        let results = page.results_now().await;
        assert!(results.iter().all(|r| r.confidence.is_empty()), "a diagnosis: {results:?}");
        let said = page.text("return document.getElementById('results').innerText").await;
        assert!(said.contains("No known problem"), "{said}");
    });
}

// The example button shows a whole answer to who has nothing to paste.
#[test]
fn the_example_button_answers() {
    Browser::online("example").run(|page| async move {
        page.open("").await;
        page.click("button[data-example]").await;
        let found = first(&page).await;
        assert_ne!(found.confidence, "", "the example is diagnosed");
    });
}

// A link with words opens with their answer.
#[test]
fn a_deep_link_answers() {
    Browser::online("deep-link").run(|page| async move {
        page.open("#q=CRG0014E").await;
        assert!(first(&page).await.problem.starts_with("ibm/"));
        assert_eq!(page.text("return document.getElementById('q').value").await, "CRG0014E");
    });
}

// An address that isn't there searches for its own words.
#[test]
fn the_page_for_unknown_addresses_searches() {
    Browser::online("not-found").run(|page| async move {
        page.open("azure/client-ip-not-alowed-access/").await;
        let found = page.results().await;
        let near = found.iter().take(5).any(|r| r.problem == "azure/client-ip-not-allowed");
        assert!(near, "found {found:?}");
    });
}

// Opened from a disk, where nothing may be fetched, the box answers all the same.
#[test]
fn it_answers_on_a_disk() {
    Browser::on_disk("on-disk").run(|page| async move {
        page.open("").await;
        page.paste(FIREWALL).await;
        assert_eq!(first(&page).await.problem, "azure/client-ip-not-allowed");
        let filled = "document.querySelector('#results [data-capture=\"registry\"]')?.textContent";
        assert_eq!(page.until("the registry's name in a command", filled).await, "contoso");
        page.click("#results a[data-result]").await;
        page.until("its page", "document.querySelector('article.problem h1')?.textContent").await;
    });
}
