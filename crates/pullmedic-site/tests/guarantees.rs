//! What holds for every site: same bytes, no text unescaped, no link that leads nowhere.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod common;

use std::num::NonZeroUsize;

use common::{kb, site, site_of, text, theme};
use pullmedic_core::{Code, Diagnostics, Kb};
use pullmedic_pack::Packed;
use pullmedic_site::{Options, Theme, check_markdown, render};

fn faults(kb: &Kb, theme: &Theme) -> Diagnostics {
    render(kb, &Packed::new(kb), theme, &Options::default()).unwrap_err()
}

// The same input gives the same bytes, with any number of threads.
#[test]
fn threads_change_nothing() {
    let (kb, theme) = (kb(&[]), theme());
    let with = |threads| {
        let mut options = Options::default();
        options.threads = NonZeroUsize::new(threads);
        site_of(&kb, &theme, &options)
    };
    let one = with(1);
    assert!(one == with(2) && one == with(7) && one == with(0));
}

/// A problem that tries to get markup into the page from every text it has.
const HOSTILE: &str = r#"
title: "Tom & \"Jerry\" `<script>alert(1)</script>`"
summary: "Said `<script>alert(1)</script>` & \\<img src=x onerror=alert(1)\\>."
operations: [pull]
keywords: ["</script><script>alert(1)</script>"]
symptoms:
  - message: "\\<script>alert(1)\\</script> it's \"x\" & y"
    code: "BAD<script>"
    note: "`<script>alert(1)</script>`"
    since: "<script>1</script>"
causes:
  - id: a-cause
    title: "`<script>alert(1)</script>`"
    signs: ["\\<script>alert(1)"]
    check: { run: "echo '</script>' && true", expect: "`</script>`" }
    resolutions: [a-fix]
resolutions:
  - id: a-fix
    title: "`<script>alert(1)</script>`"
    steps: [{ run: "echo \"</script> & <!--\" && true" }]
sources:
  - { title: "<script>alert(1)</script>", url: "https://example.com/?a=1&b=%22", checked: 2026-11-20 }
examples:
  - text: "<script>alert(1)</script> it's \"x\" & y contoso.azurecr.io"
    finds: { within: 1 }
  - { text: fine, finds: none }
"#;

// No text of the knowledge base reaches HTML, XML or a script element unescaped.
#[test]
fn hostile_text_stays_text() {
    let kb = kb(&[("kb/azure/problems/hostile.yaml", HOSTILE)]);
    let files = site_of(&kb, &theme(), &Options::default());
    for (path, found) in common::all(&files, "html").chain(common::all(&files, "xml")) {
        assert!(!found.contains("<script>") && !found.contains("<img"), "{path}");
    }
    let page = text(&files, "azure/hostile/index.html");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains(r"\u003cscript>alert(1)\u003c/script>"), "in the JSON-LD");
    assert!(page.contains(r#"href="https://example.com/?a=1&amp;b=%22""#));
    // The fragments are JSON in a script file; what they hold is markup, and escaped as such.
    let fragments = text(&files, "azure/hostile.js");
    assert!(!fragments.contains("<script>") && fragments.contains("&lt;script&gt;"));
}

/// The fault-free problem with another text in its summary.
fn with_summary(summary: &str) -> Kb {
    let small =
        std::fs::read_to_string(common::folder("kb/ibm/problems/wrong-region.yaml")).unwrap();
    let changed = small.replace("Regions share nothing.", summary);
    kb(&[("kb/ibm/problems/wrong-region.yaml", &changed)])
}

#[test]
fn a_broken_link_is_a_fault_with_its_place() {
    let kb = with_summary("See [the table](/reference/ibm-gone/).");
    let faults = faults(&kb, &theme());
    let fault = faults.iter().next().unwrap();
    assert_eq!(fault.code, Code::BrokenLink);
    assert_eq!(fault.primary.file, "kb/ibm/problems/wrong-region.yaml");
    assert!(fault.message.contains("../../reference/ibm-gone/"), "{}", fault.message);
}

#[test]
fn a_broken_anchor_is_a_fault() {
    let good = with_summary("See [it](azure/client-ip-refused#fix-add-rule).");
    assert!(text(&site_of(&good, &theme(), &Options::default()), "index.html").len() > 1000);
    let kb = with_summary("See [it](azure/client-ip-refused#fix-gone).");
    assert_eq!(faults(&kb, &theme()).iter().next().unwrap().code, Code::BrokenAnchor);
}

#[test]
fn markdown_that_would_upset_the_page_is_a_fault() {
    let kb = with_summary("'# A heading'");
    let found = check_markdown(&kb).unwrap_err();
    assert!(found.iter().all(|f| f.code == Code::Markdown), "{found}");
    assert_eq!(faults(&kb, &theme()), found, "both ways find the same");
    assert!(check_markdown(&common::kb(&[])).is_ok());
}

// The theme's own pages are held to the same.
#[test]
fn a_page_of_the_theme_has_no_html_and_no_picture() {
    for text in ["# A\n\n<b>bold</b>", "# A\n\n![a picture](https://example.com/x.png)"] {
        let own = Theme::from_files([("pages/about.md", text)]).unwrap();
        let found = faults(&kb(&[]), &own.over(theme()));
        assert_eq!(found.iter().next().unwrap().code, Code::Markdown, "{text}");
        assert_eq!(found.iter().next().unwrap().primary.file, "pages/about.md");
    }
}

// A theme laid over another changes what it names and nothing else.
#[test]
fn another_organisations_theme() {
    let own = Theme::read(&common::folder("themes/fabrikam")).unwrap();
    let files = site_of(&kb(&[]), &own.over(theme()), &Options::default());
    let standard = site();
    let home = text(&files, "index.html");
    assert!(home.contains("<title>Fabrikam help desk: what") && home.contains("room 2.14"));
    assert!(!home.contains("Not affiliated") && home.contains("assets/brand.css?v="));
    assert!(text(&files, "assets/brand.css").contains("--accent"));
    assert!(text(&files, "about/index.html").contains("Fabrikam"));
    assert_eq!(files["assets/site.js"], standard["assets/site.js"]);
    let same = |path: &str| common::main_of(text(&files, path)).to_owned();
    let path = "azure/client-ip-refused/index.html";
    assert_eq!(same(path), common::main_of(text(&standard, path)));
}

#[test]
fn a_wrong_template_is_a_fault_that_names_it() {
    for (template, says) in [
        (
            "{% extends \"base.html\" %}{% block content %}{{ problem.gone }}{% endblock %}",
            "problem.html",
        ),
        ("{% if %}", "problem.html"),
        ("{{ asset(name=\"gone.css\") }}", "gone.css"),
    ] {
        let wrong = Theme::from_files([("templates/problem.html", template)]).unwrap();
        let faults = faults(&kb(&[]), &wrong.over(theme())).to_string();
        assert!(faults.contains(says), "{faults}");
    }
}

#[test]
fn a_theme_that_isnt_there_or_isnt_text() {
    let missing = Theme::read(&common::folder("themes/nobody")).unwrap_err();
    assert!(missing.to_string().contains("nobody"), "{missing}");
    let binary = Theme::from_files([("templates/a.html", b"\xff".as_slice())]).unwrap_err();
    assert_eq!(binary.to_string(), "the theme's `templates/a.html` isn't UTF-8 text");
}

// Nothing in a template may print a value past the escaping: that is `html::Html`'s privilege.
#[test]
fn no_template_calls_a_value_safe() {
    let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site/templates");
    for entry in std::fs::read_dir(templates).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("| safe") && !text.contains("|safe"), "{}", path.display());
    }
}
