//! What is pasted stays in the tab, and secrets aren't shown again.

use crate::answers::FIREWALL;
use crate::chrome::Browser;

const PASSWORD: &str = "Xq7vN2mK9pL4wR8tY3uJ6hG1fD5sA0zB";

fn log_with_password() -> String {
    format!(
        "$ docker login de.icr.io -u iamapikey -p {PASSWORD}\n\
         Error response from daemon: Get \"https://de.icr.io/v2/\": unauthorized: \
         The login credentials are not valid, or your IBM Cloud account is not active.\n"
    )
}

// A pasted log is in no address, in no request and in nothing that outlives the tab.
#[test]
fn a_pasted_log_stays_in_the_tab() {
    Browser::online("stays").run(|page| async move {
        page.open("").await;
        page.requests().await;
        page.paste(FIREWALL).await;
        page.results().await;
        let filled = "document.querySelector('#results [data-capture]')?.textContent";
        page.until("the steps", filled).await;
        let kept = page
            .text("return location.href + JSON.stringify({ ...localStorage }) + document.title")
            .await;
        for word in ["contoso", "203.0.113.7", "5f70bf18a086"] {
            assert!(!kept.contains(word), "{word} is kept: {kept}");
        }
        let asked = page.requests().await;
        let told: Vec<_> = asked.iter().filter(|url| url.contains("contoso")).collect();
        assert!(told.is_empty(), "requests with the reader's names: {told:?}");
        let outside = page.outside(asked);
        assert!(outside.is_empty(), "requests to others: {outside:?}");
    });
}

// One pasted line is a paste too, however short it is.
#[test]
fn a_pasted_line_stays_out_of_the_address() {
    Browser::online("line").run(|page| async move {
        page.open("").await;
        page.paste("denied by contoso.azurecr.io").await;
        page.answered().await;
        page.keys("!").await;
        page.until("the typed mark", "document.getElementById('q').value.endsWith('!')").await;
        page.results().await;
        let address = page.text("return location.href").await;
        assert!(!address.contains("contoso"), "in the address: {address}");
    });
}

// A password in the log is masked wherever the answer shows the log.
#[test]
fn a_password_is_masked() {
    Browser::online("password").run(|page| async move {
        page.open("").await;
        page.paste(&log_with_password()).await;
        let found = page.results().await;
        assert_eq!(found[0].problem, "ibm/login-credentials-not-valid");
        page.until("the steps", "document.querySelector('#results .command') && true").await;
        let shown = page.text("return document.getElementById('results').innerHTML").await;
        assert!(!shown.contains(PASSWORD), "the password is shown");
        let kept =
            page.text("return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])").await;
        assert!(!kept.contains(PASSWORD), "the password is kept: {kept}");
        let kept = "history.state?.includes('iamapikey') && history.state";
        let kept = page.until("the log in the tab's history", kept).await.to_string();
        assert!(!kept.contains(PASSWORD), "the password is kept: {kept}");
    });
}

// Who loads the page again, or comes back to it from another one, finds the answer again, until the box is cleared.
#[test]
fn a_pasted_log_is_there_again() {
    Browser::online("again").run(|page| async move {
        const KEPT: &str = "history.state?.includes('contoso')";
        for path in ["", "azure/"] {
            page.open(path).await;
            page.paste(FIREWALL).await;
            page.results().await;
            page.until("the log in the tab's history", KEPT).await;
            page.reload().await;
            assert_eq!(page.results().await[0].problem, "azure/client-ip-not-allowed");
            page.open("login/").await;
            page.text("history.back(); return ''").await;
            page.until(
                "the page before",
                "!location.pathname.includes('login') && document.getElementById('results')",
            )
            .await;
            assert_eq!(page.results().await[0].problem, "azure/client-ip-not-allowed");
            page.click("[data-clear]").await;
            page.until("nothing is kept", "history.state === null").await;
            page.reload().await;
            let text = page.text("return `the box: ${document.getElementById('q').value}`").await;
            assert_eq!(text, "the box: ");
        }
    });
}
