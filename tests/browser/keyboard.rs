//! Everything by keyboard: the box, the results, the way back.

use crate::chrome::Browser;
use crate::page::Page;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

/// `q`, or the place among the results of the link that has the focus.
async fn focus_is(page: &Page, place: &str) {
    let focus = format!(
        "(() => {{ const now = document.activeElement;
            const all = [...document.querySelectorAll('#results a[data-result]')];
            return (now.id === 'q' ? 'q' : String(all.indexOf(now))) === '{place}' }})()"
    );
    page.until(&format!("the focus at {place}"), &focus).await;
}

// `/` goes to the box, Enter and arrows to the results and back, Escape home again.
#[test]
fn box_and_results_by_keyboard() {
    Browser::online("keyboard").run(|page| async move {
        page.open("azure/client-ip-not-allowed/").await;
        page.keys("/").await;
        focus_is(&page, "q").await;
        assert_eq!(page.text("return document.getElementById('q').value").await, "");
        page.keys("no basic auth credentials").await;
        page.results().await;
        page.keys(ENTER).await;
        focus_is(&page, "0").await;
        page.keys(DOWN).await;
        focus_is(&page, "1").await;
        page.keys(UP).await;
        page.keys(UP).await;
        focus_is(&page, "q").await;
        page.keys(DOWN).await;
        focus_is(&page, "0").await;
        page.keys(ESCAPE).await;
        focus_is(&page, "q").await;
        page.keys(ESCAPE).await;
        let back = "document.getElementById('results').hidden
            && !document.getElementById('content').hidden
            && document.getElementById('q').value === ''";
        page.until("the page again", back).await;
    });
}

// A table is filtered and sorted, a long list filtered, and how much is left is said.
#[test]
fn tables_and_lists_by_keyboard() {
    const LEFT: &str =
        "return [...document.querySelectorAll('#content :is(tbody tr, .entries > li)')]
        .filter((e) => e.checkVisibility()).map((e) => e.innerText.toLowerCase()).join('|')";
    Browser::online("lists").run(|page| async move {
        page.open("reference/azure-roles/").await;
        page.ask("document.querySelector('[data-filter]').focus()").await;
        page.keys("push").await;
        let left = page.text(LEFT).await;
        assert!(left.split('|').all(|row| row.contains("push")), "{left}");
        for _ in 0..2 {
            page.keys(TAB).await; // the table, which can be scrolled; its first heading
        }
        page.keys(ENTER).await;
        page.keys(ENTER).await;
        let sorted = page.text(LEFT).await;
        let mut rows: Vec<&str> = sorted.split('|').collect();
        rows.reverse();
        assert!(rows.len() > 1 && rows.is_sorted(), "not from Z to A: {sorted}");

        page.open("clients/podman/").await;
        let all = page.text(LEFT).await.split('|').count();
        page.ask("document.querySelector('[data-filter-lists]').focus()").await;
        page.keys("manifest").await;
        let left = page.text(LEFT).await;
        assert!(left.split('|').all(|entry| entry.contains("manifest")), "{left}");
        let some = left.split('|').count();
        assert!(some < all);
        let said =
            page.text("return document.querySelector('[data-filter-count]').textContent").await;
        assert_eq!(said, format!("{some} of {all}"));
        page.open("azure/").await;
        page.ask("document.querySelector('[data-filter-lists]').focus()").await;
        page.keys("firewall").await;
        let links = "return [...document.querySelectorAll('[aria-labelledby=all] .links a')]
            .filter((e) => e.checkVisibility()).map((e) => e.pathname).join(' ')";
        let links = page.text(links).await;
        let mut each: Vec<&str> = links.split(' ').collect();
        each.sort_unstable();
        each.dedup();
        assert!(links.contains("/client-ip-not-allowed/"), "{links}");
        assert_eq!(each.len(), links.split(' ').count(), "one of them twice: {links}");
        page.open("clients/podman/").await;
        page.ask("document.querySelector('[data-filter-lists]').focus()").await;
        page.keys("zzz").await;
        let headings = "return [...document.querySelectorAll('section:has(.entries) h2')]
            .filter((e) => e.checkVisibility()).length";
        assert_eq!(page.ask(headings).await, 0, "headings of nothing");
    });
}

// What was found is said aloud, once the typing has paused.
#[test]
fn the_answer_is_announced() {
    Browser::online("announced").run(|page| async move {
        page.open("").await;
        page.paste(crate::answers::FIREWALL).await;
        let said = "document.querySelector('#q-status[role=status]')?.textContent";
        let said = page.until("an announcement", said).await.to_string();
        assert!(said.contains("found") && said.contains("certain"), "said: {said}");
        page.keys(ESCAPE).await;
        let silence = "document.getElementById('q-status').textContent === ''";
        page.until("silence again", silence).await;
    });
}

// Enter on a result opens it.
#[test]
fn enter_opens_a_result() {
    Browser::online("enter").run(|page| async move {
        page.open("").await;
        page.type_in_box("CRG0014E").await;
        page.results().await;
        page.keys(ENTER).await;
        focus_is(&page, "0").await;
        page.keys(ENTER).await;
        page.until("a problem's page", "document.querySelector('article.problem') && true").await;
    });
}

// The first stop leads past the header, and wherever the focus is it can be seen.
#[test]
fn the_focus_is_visible() {
    Browser::online("focus").run(|page| async move {
        page.open("azure/client-ip-not-allowed/").await;
        page.ask("document.body.tabIndex = -1; document.body.focus()").await;
        page.keys(TAB).await;
        let skip = page.text("return document.activeElement.getAttribute('href')").await;
        assert_eq!(skip, "#main");
        for stop in 0..30 {
            let seen = page.ask(
                "const e = document.activeElement, s = getComputedStyle(e);
                 const r = e.getBoundingClientRect();
                 const marked = s.outlineStyle !== 'none' || s.boxShadow !== 'none';
                 return (marked && r.width > 0 && r.height > 0) || e.outerHTML.slice(0, 200)",
            );
            assert_eq!(seen.await, true, "no sign of the focus at stop {stop}");
            page.keys(TAB).await;
        }
    });
}
