//! The pages themselves: which there are, and what a problem's page says.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod common;

use common::{assert_golden, kb, main_of, site, site_of, text, theme};
use pullmedic_site::Options;

// People's links rely on these addresses.
#[test]
fn every_promised_address_is_there() {
    let files = site();
    for path in [
        "index.html",
        "azure/index.html",
        "ibm/index.html",
        "azure/client-ip-refused/index.html",
        "azure/client-ip-refused.json",
        "azure/client-ip-refused.js",
        "codes/index.html",
        "codes/DENIED/index.html",
        "codes/CRG0001E/index.html",
        "codes/403/index.html",
        "clients/index.html",
        "clients/docker/index.html",
        "operations/index.html",
        "operations/pull/index.html",
        "reference/index.html",
        "reference/azure-ports/index.html",
        "reference/azure-credentials/index.html",
        "login/index.html",
        "all/index.html",
        "about/index.html",
        "table.json",
        "data/front.bin",
        "data/core.bin",
        "data/terms.js",
        "data/signs.js",
        "data/symptoms.js",
        "data/shard-0.bin",
        "data/table.bin",
        "sitemap.xml",
        "feed.xml",
        "opensearch.xml",
        "404.html",
        "sw.js",
    ] {
        assert!(files.contains_key(path), "there is no {path}");
    }
}

// A former id leads on, by refresh, by script and by the canonical link.
#[test]
fn an_alias_is_a_redirect() {
    let files = site();
    let page = text(&files, "azure/ip-not-allowed/index.html");
    assert!(page.contains(r#"content="0; url=../../azure/client-ip-refused/""#));
    assert!(page.contains(r#"<link rel="canonical" href="../../azure/client-ip-refused/">"#));
    assert!(!text(&files, "sitemap.xml").contains("ip-not-allowed"));
}

// The whole page of one problem, read by people whenever it changes.
#[test]
fn a_problem_page_as_it_was_last_read() {
    let files = site();
    let page = text(&files, "azure/client-ip-refused/index.html");
    assert_golden("problem.html", main_of(page));
    assert_golden("problem.js", text(&files, "azure/client-ip-refused.js"));
    assert_golden("problem.json", text(&files, "azure/client-ip-refused.json"));
}

// A code that means one problem leads to it at once, and a list doesn't say twice what a title says.
#[test]
fn lists_are_short_ways() {
    const PATH: &str = "kb/ibm/problems/wrong-region.yaml";
    let files = site();
    let codes = text(&files, "codes/index.html");
    assert!(
        codes.contains(r#"<a href="../ibm/wrong-region/">The namespace is in another region</a>"#)
    );
    let small = std::fs::read_to_string(common::folder(PATH)).unwrap();
    let changed = small
        .replace("title: The namespace is in another region", "title: It isn't `here`\nfrequency: common")
        .replace("symptoms:", "symptoms:\n  - message: isn't here\n  - message: look elsewhere")
        .replace("examples:", "examples:\n  - text: isn't here\n    finds: { confidence: certain }\n  - text: look elsewhere\n    finds: { confidence: certain }")
        .replace("region. }", "region., run: kubectl create --docker-server=<registry> }");
    let files = site_of(&kb(&[(PATH, &changed)]), &theme(), &Options::default());
    let list = text(&files, "operations/pull/index.html");
    assert!(list.contains("look elsewhere") && !list.contains("isn't here</code>"), "{list}");
    let page = text(&files, "ibm/wrong-region/index.html");
    assert!(page.contains("<b>--docker-server=</b><var"), "{page}");
}

// Error, cause, fix, sources: in this order.
#[test]
fn a_problem_page_answers_in_the_readers_order() {
    let files = site();
    let page = text(&files, "azure/client-ip-refused/index.html");
    let at = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap();
    let order = ["error", "causes", "cause-rule-missing", "fixes", "fix-add-rule", "sources"];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
}

// The page works below any path: no address begins at the host's root, save on the page for 404.
#[test]
fn every_address_is_relative() {
    for (path, html) in common::all(&site(), "html") {
        let absolute = html.contains("href=\"/") || html.contains("src=\"/");
        assert_eq!(absolute, path == "404.html", "{path}");
    }
}

// Scripts and styles come from files, or the page's own policy would refuse them.
#[test]
fn nothing_is_inline_and_nothing_is_foreign() {
    for (path, html) in common::all(&site(), "html") {
        assert!(html.contains("Content-Security-Policy"), "{path}");
        assert!(!html.contains("<style") && !html.contains(" style=\""), "{path}");
        assert!(!html.contains(" onclick=") && !html.contains(" onload="), "{path}");
        let foreign = ["src=\"http", "<link rel=\"stylesheet\" href=\"http"];
        assert!(!foreign.iter().any(|f| html.contains(f)), "{path}");
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains("src=") || tag.contains("ld+json"), "{path}: {tag}");
        }
    }
}

// Options that are about where the site will be.
#[test]
fn a_published_site_names_its_addresses() {
    let mut options = Options::default();
    options.base_url = Some("https://example.com/help".to_owned());
    options.edit_url = Some("https://example.com/edit/".to_owned());
    let files = site_of(&kb(&[]), &theme(), &options);
    let page = text(&files, "azure/client-ip-refused/index.html");
    let canonical =
        "<link rel=\"canonical\" href=\"https://example.com/help/azure/client-ip-refused/\">";
    assert!(page.contains(canonical));
    let file = "kb/azure/problems/client-ip-refused.yaml";
    assert!(page.contains(&format!("https://example.com/edit/{file}")));
    let unpublished = site();
    let page = text(&unpublished, "azure/client-ip-refused/index.html");
    assert!(page.contains(file) && !page.contains("edit this entry"), "only the file is named");
    assert!(text(&files, "404.html").contains("href=\"/help/assets/site.css?v="));
    let feed = text(&files, "feed.xml");
    assert!(feed.contains("<id>https://example.com/help/azure/client-ip-refused/</id>"));
    assert!(feed.contains("<updated>2026-11-20T00:00:00Z</updated>"));
}

// Words lead to tables, clients and the builder too, at addresses that are there.
#[test]
fn places_are_pages() {
    let files = site();
    let script = text(&files, "data/places.js");
    let json = script.strip_prefix("pullmedic.knowPlaces(").unwrap().trim_end();
    let places: serde_json::Value = serde_json::from_str(json.strip_suffix(");").unwrap()).unwrap();
    let pages = places["pages"].as_array().unwrap();
    let urls: Vec<&str> = pages.iter().map(|page| page["url"].as_str().unwrap()).collect();
    for url in &urls {
        assert!(files.contains_key(&format!("{url}index.html")), "there is no {url}");
    }
    for url in ["reference/azure-ports/", "clients/docker/", "operations/pull/", "codes/403/"] {
        assert!(urls.contains(&url), "{url} isn't found by words");
    }
    let builder = &places["builders"][0];
    assert_eq!(builder["credentials"][0][0], "admin-user");
    assert_eq!(builder["clients"][0][0], "docker");
}

// The table, the fragments and the worker name the same version.
#[test]
fn pages_ask_for_the_data_they_were_built_with() {
    let files = site();
    let home = text(&files, "index.html");
    let version = home.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(version.len(), 8);
    assert!(text(&files, "sw.js").contains(&format!("\"data\":\"{version}\"")));
}
