//! Dark and light, narrow and wide, on paper.

use serde_json::json;

use crate::chrome::Browser;
use crate::every_page::KINDS;
use crate::page::Page;

/// Black is 0, white is 255.
async fn brightness(page: &Page) -> f64 {
    let colour = "const [r, g, b] = getComputedStyle(document.documentElement).backgroundColor
        .match(/[\\d.]+/g).map(Number); return (r + g + b) / 3";
    page.ask(colour).await.as_f64().unwrap_or(-1.0)
}

// The system's scheme is followed, and the reader's own choice wins over it.
#[test]
fn dark_and_light() {
    Browser::online("dark").run(|page| async move {
        page.scheme("light").await;
        page.open("").await;
        assert!(brightness(&page).await > 200.0, "light: {}", brightness(&page).await);
        page.scheme("dark").await;
        assert!(brightness(&page).await < 60.0, "dark: {}", brightness(&page).await);
        page.ask(
            "const select = document.getElementById('scheme'); select.value = 'light';
             select.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
        page.open("all/").await;
        assert!(brightness(&page).await > 200.0, "chosen: {}", brightness(&page).await);
    });
}

/// What sticks out of the page to the right, if it makes the page scroll.
async fn sticks_out(page: &Page) -> String {
    page.text(
        "const wide = document.documentElement.clientWidth;
         if (document.scrollingElement.scrollWidth <= wide) return '';
         const out = [...document.querySelectorAll('body *')]
             .filter((e) => e.getBoundingClientRect().right > wide + 0.5);
         return out.slice(-3).map((e) => e.outerHTML.slice(0, 160)).join('\\n')",
    )
    .await
}

// From the narrowest phone to a desk, no page scrolls sideways.
#[test]
fn no_page_scrolls_sideways() {
    Browser::on_disk("width").run(|page| async move {
        for width in [320, 375, 1280] {
            page.viewport(width, 800).await;
            for kind in KINDS {
                page.open(kind).await;
                let out = sticks_out(&page).await;
                assert_eq!(out, "", "{kind} at {width} px");
            }
        }
    });
}

// No badge is cut off at the edge, no word of a table runs into the next column.
#[test]
fn texts_stay_in_their_places() {
    let out = "return [
        ...[...document.querySelectorAll('.badge')].filter((e) => e.getBoundingClientRect().left < 0),
        ...[...document.querySelectorAll('th, td')].filter((e) => e.scrollWidth > e.clientWidth + 1),
        ].slice(-3).map((e) => e.outerHTML.slice(0, 160)).join('\\n')";
    Browser::on_disk("places").run(|page| async move {
        for width in [320, 375, 1280] {
            page.viewport(width, 800).await;
            for kind in ["all/", "codes/", "codes/401/", "reference/azure-roles/"] {
                page.open(kind).await;
                assert_eq!(page.text(out).await, "", "{kind} at {width} px");
            }
        }
    });
}

// One long word of a cell doesn't push a table's other columns off a desk's screen.
#[test]
fn tables_fit_a_desk() {
    let over = "const { scrollWidth, clientWidth } = document.querySelector('.scroll');
        return scrollWidth - clientWidth";
    Browser::on_disk("tables").run(|page| async move {
        page.viewport(1280, 900).await;
        for table in ["azure-permissions", "azure-clouds", "azure-diagnostics", "ibm-regions"] {
            page.open(&format!("reference/{table}/")).await;
            assert_eq!(page.ask(over).await, 0, "{table}");
            let heads = page.text("return document.querySelector('thead').innerText").await;
            assert!(!heads.contains('`'), "{heads}");
        }
    });
}

// An answer doesn't either, long lines of a log or not.
#[test]
fn an_answer_fits_a_phone() {
    Browser::on_disk("answer-width").run(|page| async move {
        page.viewport(375, 800).await;
        page.open("").await;
        page.paste(crate::answers::FIREWALL).await;
        page.results().await;
        page.until("the steps", "document.querySelector('#results .command') && true").await;
        assert_eq!(sticks_out(&page).await, "");
        page.click("#results .choices .down").await;
        let steps = "(() => { const { top } = document.querySelector('#results .finding-steps')
            .getBoundingClientRect(); return top >= 0 && top < innerHeight })()";
        page.until("the steps are one tap away", steps).await;

        page.viewport(320, 800).await;
        let long = crate::answers::FIREWALL.replace("contoso", "acontosoregistrywithaverylongname");
        page.paste(&long).await;
        page.until(
            "its host",
            "/acontosoregistry/.test(document.querySelector('#results .verdict')?.innerText)",
        )
        .await;
        assert_eq!(sticks_out(&page).await, "");
    });
}

// On a phone the verdict, the first cause and what tells it stand on the first screen, however long the lines that matched;
// those are whole at a tap.
#[test]
fn a_phone_shows_the_first_cause_at_once() {
    let step = "2026-11-20T09:14:04.500Z pushing a layer of the image ".repeat(3);
    let log =
        format!("{step}\n{}", crate::answers::FIREWALL.replace("Error", &format!("{step} Error")));
    Browser::online("first-screen").run(|page| async move {
        page.viewport(375, 812).await;
        page.open("").await;
        page.paste(&log).await;
        let bottom =
            "document.querySelector('#results .choices li .tell')?.getBoundingClientRect().bottom";
        let bottom =
            page.until("what tells the first cause", bottom).await.as_f64().unwrap_or(f64::MAX);
        assert!(bottom <= 812.0, "it ends at {bottom}");
        let shown = "return document.querySelector('#results .evidence').innerText";
        assert!(!page.text(shown).await.contains("pushing a layer of the image 2026"));
        page.click("#results .evidence button").await;
        assert!(page.text(shown).await.contains("pushing a layer of the image 2026"));
    });
}

// Of a long line a phone shows what tells, wherever it stands: the mark's beginning and its end, not the words before it.
#[test]
fn a_phone_shows_the_words_that_tell() {
    const EVENT: &str = concat!(
        "  Normal   Pulling  20s  kubelet  Pulling image \"contoso.azurecr.io/team/web:1.4\"\n",
        "  Warning  Failed   16s  kubelet  Failed to pull image \"contoso.azurecr.io/team/web:1.4\": ",
        "rpc error: code = Unknown desc = Error response from daemon: ",
        "Get \"https://contoso.azurecr.io/v2/team/web/manifests/1.4\": ",
        "unauthorized: authentication required\n",
        "  Warning  Failed   16s  kubelet  Error: ErrImagePull\n",
    );
    let mark = "return document.querySelector('#results .evidence mark').textContent";
    Browser::online("telling").run(|page| async move {
        page.viewport(375, 812).await;
        page.open("").await;
        page.paste(EVENT).await;
        page.results().await;
        let shown = page.text(mark).await;
        assert!(shown.contains(" … unauthorized: authentication required"), "{shown}");
        let shown =
            page.text("return document.querySelector('#results .evidence').innerText").await;
        assert!(!shown.contains("Failed to pull image") && shown.len() < 130, "{shown}");
        page.click("#results .evidence button").await;
        let shown = page.text(mark).await;
        assert!(shown.contains("/v2/team/web/manifests/1.4"), "{shown}");
    });
}

// Of many causes a phone shows the likeliest until it is asked for the others; a desk has room for all.
#[test]
fn many_causes_are_folded_on_a_phone() {
    const LOG: &str = "ERROR: failed to push contoso.azurecr.io/web:1: failed to fetch oauth token: \
        unexpected status from POST request to https://contoso.azurecr.io/oauth2/token: 401 Unauthorized";
    let seen = "return [...document.querySelectorAll('#results .choices')].at(0)
        .querySelectorAll('li').values().filter((e) => e.checkVisibility()).toArray().length";
    Browser::online("many-causes").run(|page| async move {
        page.viewport(1280, 800).await;
        page.open("").await;
        page.paste(LOG).await;
        page.until("the causes", "document.querySelector('#results .choices') && true").await;
        let all = page.ask(seen).await.as_u64().unwrap_or_default();
        assert!(all > 5, "{all} causes are too few for this test");
        page.viewport(375, 800).await;
        assert_eq!(page.ask(seen).await, 4);
        page.click("#results .choices > button").await;
        assert_eq!(page.ask(seen).await, all);
    });
}

// Who wants no motion gets none.
#[test]
fn nothing_moves_for_who_wants_no_motion() {
    Browser::online("motion").run(|page| async move {
        page.open("").await;
        let moving = "return [...document.querySelectorAll('*')].map((e) => getComputedStyle(e))
            .filter((s) => s.transitionDuration !== '0s' || s.animationName !== 'none').length";
        assert_ne!(page.ask(moving).await, 0, "this test sees motion where there is some");
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        page.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        assert_eq!(page.ask(moving).await, 0);
    });
}

const FOLDED: &str = "azure/registry-5xx/";
const IS_OPEN: &str = "document.querySelector('details.more').open";

// Of many messages a few are shown; the rest unfolds for who follows a link into it.
#[test]
fn many_messages_are_folded() {
    Browser::online("folded").run(|page| async move {
        page.open(FOLDED).await;
        let shown = "return [...document.querySelectorAll('#error ~ .symptoms .symptom')].length";
        assert_eq!(page.ask(shown).await, 5);
        assert_eq!(page.ask(&format!("return {IS_OPEN}")).await, false);
        page.ask(
            "document.querySelector('details.more li:last-child').id = 'there';
             location.hash = '#there'",
        )
        .await;
        page.until("the fold opens for a link into it", IS_OPEN).await;
    });
}

// A finger finds what it aims at.
#[test]
fn buttons_are_large_for_fingers() {
    Browser::online("fingers").run(|page| async move {
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        page.viewport(375, 800).await;
        for kind in KINDS {
            page.open(kind).await;
            let small = "if (!matchMedia('(pointer: coarse)').matches) return 'no finger';
                return [...document.querySelectorAll('button, select, summary, .chips a, nav li > a')]
                    .filter((e) => e.checkVisibility() && !e.closest('.crumbs, thead'))
                    .filter((e) => e.getBoundingClientRect().height < 43.5)
                    .map((e) => e.outerHTML.slice(0, 100)).join('\\n')";
            assert_eq!(page.text(small).await, "", "{kind}");
        }
    });
}

// On paper: the page without its box and buttons, every variant of a command, and what links say.
#[test]
fn a_page_prints() {
    Browser::online("print").run(|page| async move {
        page.open("azure/pull-unauthorized/").await;
        let pdf = page.cdp("Page.printToPDF", json!({ "printBackground": false })).await;
        let pdf = pdf["data"].as_str().unwrap_or_default().to_owned();
        assert!(pdf.starts_with("JVBERi"), "no PDF: {}", &pdf[..pdf.len().min(40)]);
        assert!(pdf.len() > 20_000, "an empty PDF? {} characters of base64", pdf.len());
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let shown =
            "return [...document.querySelectorAll('.box, [data-copy], .site-footer select')]
            .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)).join('\\n')";
        assert_eq!(page.text(shown).await, "", "no use on paper");
        let hidden = "return [...document.querySelectorAll('#content .command')]
            .filter((e) => !e.checkVisibility()).length";
        assert_eq!(page.ask(hidden).await, 0, "commands that don't print");
        let columns =
            "const seen = (row) => [...row.cells].filter((e) => e.checkVisibility()).length;
            const { tHead, tBodies } = document.querySelector('.causes');
            return seen(tHead.rows[0]) - seen(tBodies[0].rows[0])";
        assert_eq!(page.ask(columns).await, 0, "each column has its head");
        page.open(FOLDED).await;
        let folded = "return [...document.querySelectorAll('.symptom')]
            .filter((e) => !e.checkVisibility()).length";
        assert_eq!(page.ask(folded).await, 0, "messages that don't print");
        page.viewport(740, 1000).await; // of A4
        page.open("reference/ibm-regions/").await;
        let cut = "const { width } = document.querySelector('.reference').getBoundingClientRect();
            return width > document.querySelector('.scroll').clientWidth + 1";
        assert_eq!(page.ask(cut).await, false, "a table that is cut off");
    });
}
