//! The reader's own values in commands, and what else a page keeps or gives: copies, tabs, tables.

use crate::chrome::Browser;
use crate::page::Page;

const PROBLEM: &str = "azure/client-ip-not-allowed/";
const ANOTHER: &str = "azure/pull-unauthorized/";
const REGISTRY: &str = "form[data-values=azure] input[name=registry]";

/// The first command on the page that names a registry.
async fn command(page: &Page) -> String {
    let blank = "document.querySelector('#content .command var[data-blank=registry]')";
    page.text(&format!("return {blank}?.closest('pre').textContent.trim()")).await
}

// A value typed on one page fills the commands of another, survives a reload, and goes at a click.
#[test]
fn values_fill_other_pages_until_forgotten() {
    Browser::online("values").run(|page| async move {
        page.open(PROBLEM).await;
        page.fill(REGISTRY, "tailspin").await;
        assert!(command(&page).await.contains("tailspin"), "{}", command(&page).await);
        page.open(ANOTHER).await;
        assert!(command(&page).await.contains("tailspin"), "{}", command(&page).await);
        page.click("[data-forget]").await;
        page.until("blanks again", "!document.querySelector('#content [data-capture]')").await;
        page.reload().await;
        let kept = page.text("return JSON.stringify({ ...localStorage, ...sessionStorage })").await;
        assert!(!kept.contains("tailspin"), "still kept: {kept}");
        assert!(command(&page).await.contains("<registry>"), "{}", command(&page).await);
    });
}

// What a log held fills the pages that its answer leads to.
#[test]
fn captured_values_fill_the_page_behind_an_answer() {
    Browser::online("captured").run(|page| async move {
        page.open("").await;
        page.paste(crate::answers::FIREWALL).await;
        page.results().await;
        page.click("#results a[data-result]").await;
        let filled = "document.querySelector('article.problem [data-capture=registry]')
            ?.textContent";
        assert_eq!(page.until("the registry on its page", filled).await, "contoso");
    });
}

// A click on a blank leads to the input that fills it.
#[test]
fn a_blank_leads_to_its_input() {
    Browser::online("blank").run(|page| async move {
        page.open(PROBLEM).await;
        page.click("#content .command var[data-blank=registry]").await;
        page.until("the focus", "document.activeElement.name === 'registry'").await;
        page.keys("tailspin\u{e007}").await;
        assert!(command(&page).await.contains("tailspin"), "{}", command(&page).await);
        let at = "const command = document.activeElement.closest('.command');
            return document.activeElement.matches('[data-copy]') && command.innerText";
        assert!(page.text(at).await.contains("tailspin"), "Enter leads back to the command");
    });
}

// What an input takes is shown by an example of the page's own provider.
#[test]
fn examples_are_the_providers_own() {
    Browser::online("examples").run(|page| async move {
        let examples = "return [...document.querySelectorAll('.values input')]
            .map((e) => `${e.name}=${e.placeholder}`).join(' ')";
        page.open("ibm/authorization-required/").await;
        let shown = page.text(examples).await;
        assert!(shown.contains("registry=de.icr.io"), "{shown}");
        assert!(!shown.contains("azure") && !shown.contains("contoso"), "{shown}");
        page.open(ANOTHER).await;
        assert!(page.text(examples).await.contains("registry=contoso"), "and Azure's on Azure's");
    });
}

// A finding is copied as a text for who has the rights to act: title, line, cause, steps, with the values and no secret.
#[test]
fn a_finding_is_copied_as_a_ticket() {
    Browser::online("ticket").run(|page| async move {
        page.open("").await;
        let log = crate::answers::FIREWALL
            .replace("Starting", "docker login -p s3cretS3cret contoso.azurecr.io");
        page.paste(&log).await;
        page.click("#results [data-ticket]").await;
        page.until("it says so", "document.querySelector('[data-ticket][data-done]') && true")
            .await;
        let copied = page.clipboard_text().await;
        for part in [
            "The registry's firewall refuses the client's IP address\n",
            "/azure/client-ip-not-allowed/",
            "\n> 2026-11-20T09:14:05.120Z Error response from daemon: Get ",
            "is not allowed access",
            "    az acr build --registry contoso",
        ] {
            assert!(copied.contains(part), "no {part}:\n{copied}");
        }
        for other in ["Copy", "Show all", "s3cret"] {
            assert!(!copied.contains(other), "{other}:\n{copied}");
        }
        let back = "document.querySelector('[data-ticket]:not([data-done])')?.textContent";
        assert_eq!(page.until("the label again", back).await, "Copy as a ticket");
    });
}

// The copy button puts the filled command on the clipboard, without a prompt.
#[test]
fn copying_takes_the_filled_command() {
    Browser::online("copy").run(|page| async move {
        page.open(PROBLEM).await;
        page.fill(REGISTRY, "tailspin").await;
        page.ask(
            "document.querySelector('#content .command var[data-blank=registry]')
                .closest('.command').querySelector('[data-copy]').id = 'copy-this'",
        )
        .await;
        page.click("#copy-this").await;
        page.until("it says so", "document.querySelector('#copy-this[data-done]') && true").await;
        let copied = page.clipboard_text().await;
        assert_eq!(copied, command(&page).await);
        assert!(copied.starts_with("az ") && copied.contains("tailspin"), "copied: {copied:?}");
    });
}

// A tab that was chosen is open on the next page too.
#[test]
fn chosen_tabs_are_remembered() {
    Browser::online("tabs").run(|page| async move {
        page.open(ANOTHER).await;
        let second = page
            .text(
                "const tab = document.querySelector('#content .tabs > input:not(:checked)');
                 tab.labels[0].id = 'second'; return tab.value",
            )
            .await;
        page.click("#second").await;
        page.reload().await;
        let open = format!("document.querySelector('.tabs > input:checked')?.value === '{second}'");
        page.until("the same tab", &open).await;
    });
}

// The builder leads from four choices to one command, and remembers them.
#[test]
fn the_login_builder_builds() {
    Browser::online("login").run(|page| async move {
        page.open("login/").await;
        page.click("label[for=provider-ibm]").await;
        let choose = "const [kind, client, host] = ['api-key', 'podman', 'de.icr.io'];
            for (const [name, value] of Object.entries({ credential: kind, client, host })) {
                const list = document.querySelector(
                    `[data-builder][data-provider=ibm] [data-select=${name}]`);
                list.value = value;
                list.dispatchEvent(new Event('change', { bubbles: true }));
                if (list.value !== value) return `no ${value} among ` + list.innerText;
            }
            return ''";
        assert_eq!(page.text(choose).await, "");
        let shown = "const all = document.querySelectorAll('[data-builder] [data-login]');
            return [...all].filter((e) => e.checkVisibility())
                .map((e) => e.querySelector('pre').textContent.trim()).join('\\n')";
        let commands = page.text(shown).await;
        assert!(commands.contains("podman login"), "{commands}");
        assert!(commands.contains("iamapikey") && commands.contains("de.icr.io"), "{commands}");
        page.reload().await;
        assert_eq!(page.text(shown).await, commands, "the choices are remembered");
    });
}

// Tables are filtered while typing and sorted by their headings.
#[test]
fn reference_tables_filter_and_sort() {
    Browser::online("tables").run(|page| async move {
        page.open("reference/ibm-regions/").await;
        let rows = "return [...document.querySelectorAll('#table tbody tr')]
            .filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim())";
        let all = page.ask(rows).await;
        page.click("#table th button").await;
        let up = page.ask(rows).await;
        page.click("#table th button").await;
        let mut down = page.ask(rows).await;
        down.as_array_mut().expect("a list").reverse();
        assert_eq!(up, down, "the second click turns the order round");
        page.fill("[data-filter]", "frankfurt").await;
        let left = page.ask(rows).await;
        let count = |rows: &serde_json::Value| rows.as_array().map_or(0, Vec::len);
        assert!(count(&left) > 0 && count(&left) < count(&all), "{all} filtered to {left}");
    });
}

// The checklist: when all causes but one are ruled out, that one stands out.
#[test]
fn the_last_cause_stands_out() {
    Browser::online("checklist").run(|page| async move {
        page.open(ANOTHER).await;
        page.ask(
            "const ticks = [...document.querySelectorAll('.causes .tick input')];
             ticks.slice(1).forEach((tick) => tick.click())",
        )
        .await;
        let left = "document.querySelectorAll('.causes tr[data-left]').length === 1
            && document.querySelector('.causes tbody tr').hasAttribute('data-left')";
        page.until("the first cause stands out", left).await;
    });
}

// A value that was read wrong is changed without a mouse.
#[test]
fn values_of_a_finding_are_changed_by_keyboard() {
    Browser::online("change").run(|page| async move {
        page.open("").await;
        page.paste(crate::answers::FIREWALL).await;
        page.until(
            "the steps",
            "document.querySelector('#results [data-capture=registry]') && true",
        )
        .await;
        page.ask("[...document.querySelectorAll('.finding > button')].at(-1).focus()").await;
        page.keys("\u{e007}").await;
        page.until("an input has the focus", "document.activeElement.name === 'registry'").await;
        page.ask("document.activeElement.select()").await;
        page.keys("fabrikam").await;
        let command =
            "document.querySelector('#results .fix pre').textContent.includes('fabrikam')";
        page.until("the command has it", command).await;
    });
}
