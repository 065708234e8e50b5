// html-validate: what the standard demands, and what it knows of accessibility.
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // All files come from the site itself, which a disk can't check.
    "require-sri": ["error", { target: "crossorigin" }],
    // A list may have a name.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Its forms answer while one types; nothing is ever submitted.
    "wcag/h32": "off",
  },
});

/** The faults of a page: `line:column rule: what`. */
export async function validate(markup, name) {
  const report = await validator.validateString(markup, name || "index.html");
  const messages = report.results.flatMap((result) => result.messages);
  return messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}
