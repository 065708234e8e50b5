//! What holds for a page of every kind.

use crate::chrome::Browser;
use crate::page::Page;

/// One page of each kind, save the one for unknown addresses, which only a server shows.
pub(crate) const KINDS: [&str; 17] = [
    "",
    "azure/",
    "ibm/",
    "azure/client-ip-not-allowed/",
    "ibm/login-credentials-not-valid/",
    "codes/",
    "codes/401/",
    "clients/",
    "clients/podman/",
    "operations/",
    "operations/push/",
    "reference/",
    "reference/ibm-regions/",
    "reference/azure-credentials/",
    "login/",
    "all/",
    "about/",
];

/// What is wrong with the page that is open: console, outlines, names, dead links to anchors.
async fn faults(page: &Page) -> Vec<String> {
    let mut faults = page.complaints().await;
    faults.extend(page.outside(page.requests().await));
    let said = page
        .text(
            "const faults = [], all = (selector) => [...document.querySelectorAll(selector)];
             if (all('h1').length !== 1) faults.push(`${all('h1').length} h1`);
             if (!document.title.includes('pullmedic')) faults.push(`title ${document.title}`);
             if (!document.querySelector('meta[name=description]')?.content)
                 faults.push('no description');
             const ids = all('[id]').map((e) => e.id);
             const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
             if (twice.length) faults.push(`ids used twice: ${twice}`);
             const there = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
             for (const a of all('a[href^=\"#\"]'))
                 if (a.hash.length > 1 && !there(a.hash)) faults.push(`no anchor ${a.hash}`);
             return faults.join('\\n')",
        )
        .await;
    faults.extend(said.lines().map(str::to_owned));
    faults
}

async fn faults_of(page: &Page, kinds: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for kind in kinds {
        page.open(kind).await;
        let faults = faults(page).await;
        all.extend(faults.into_iter().map(|fault| format!("{}: {fault}", page.url(kind))));
    }
    all
}

// By http: the console is silent (CSP has nothing to stop), and nothing is asked of anybody else.
#[test]
fn every_kind_of_page_is_clean_online() {
    Browser::online("clean-online").run(|page| async move {
        let mut faults = faults_of(&page, &KINDS).await;
        faults.extend(faults_of(&page, &["404.html"]).await);
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    });
}

// What programs read is well formed: the feed, the sitemap, the search description, linked data.
#[test]
fn what_programs_read_is_well_formed() {
    Browser::online("programs").run(|page| async move {
        page.open("azure/client-ip-not-allowed/").await;
        let faults = page
            .text(
                "const faults = [];
                 for (const [path, root] of [['feed.xml', 'feed'], ['sitemap.xml', 'urlset'],
                     ['opensearch.xml', 'OpenSearchDescription']]) {
                   const text = await (await fetch('../../' + path)).text();
                   const found = new DOMParser().parseFromString(text, 'application/xml');
                   if (found.documentElement.localName !== root) faults.push(`${path}: ${text}`);
                 }
                 const data = JSON.parse(document.querySelector(
                     'script[type=\"application/ld+json\"]').textContent);
                 if (data['@type'] !== 'TechArticle') faults.push(JSON.stringify(data));
                 if (!data.hasPart.every((part) => part['@type'] === 'HowTo' && part.step.length))
                     faults.push('a HowTo without steps');
                 const twin = await (await fetch('../client-ip-not-allowed.json')).json();
                 if (twin.id !== 'azure/client-ip-not-allowed') faults.push('its JSON');
                 const manifest = await fetch(document.querySelector('link[rel=manifest]').href);
                 if (!(await manifest.json()).start_url) faults.push('the manifest');
                 return faults.join('\\n')",
            )
            .await;
        assert_eq!(faults, "");
    });
}

// From a disk the same; and the way from page to page works, where folders have no index.
#[test]
fn every_kind_of_page_is_clean_on_disk() {
    Browser::on_disk("clean-disk").run(|page| async move {
        let faults = faults_of(&page, &KINDS).await;
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        page.open("").await;
        page.click("nav a[href*='reference']").await;
        page.click("#content a[href*='ibm-regions']").await;
        page.until("the table", "document.getElementById('table') && true").await;
    });
}
