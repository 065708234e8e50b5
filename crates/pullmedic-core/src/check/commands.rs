//! Commands that can be pasted as they stand, with placeholders to fill.

use super::Cx;
use super::templates::placeholder_at;
use crate::code::Code;
use crate::kb::Command;
use crate::yaml::Text;

/// Prompts of shells, and why they are in the way.
const PROMPTS: &[&str] = &["$ ", "PS> ", "PS C:\\", "C:\\>"];

impl Cx<'_> {
    /// A command with its shell and client; both may be left out.
    pub(super) fn command(
        &mut self,
        run: Option<Text>,
        shell: Option<Text>,
        client: Option<Text>,
    ) -> Command {
        let mut placeholders = Vec::new();
        if let Some(run) = &run {
            self.not_cut(run);
            self.prompts(run);
            self.typography(run);
            placeholders = self.command_placeholders(run);
        }
        Command {
            text: run.map(|run| run.text.trim_end().to_owned()).unwrap_or_default(),
            shell: self.optional(shell, Cx::shell).unwrap_or_else(|| "sh".to_owned()),
            client: self.optional(client, Cx::client),
            placeholders,
        }
    }

    fn prompts(&mut self, run: &Text) {
        for line in run.text.lines() {
            let Some(prompt) = PROMPTS.iter().find(|prompt| line.starts_with(**prompt)) else {
                continue;
            };
            let span = self.faults.within(run.span, line);
            self.faults
                .add(Code::Command, span, format!("the command begins with a prompt, `{prompt}`"))
                .help("leave it out: readers paste the command as it stands");
        }
    }

    /// Quotes, dashes and spaces that only look like the ones a shell understands.
    fn typography(&mut self, run: &Text) {
        let mut found: Vec<char> =
            run.text.chars().filter(|c| "“”‘’–—\u{a0}".contains(*c)).collect();
        found.sort_unstable();
        found.dedup();
        for c in found {
            let span = self.faults.within(run.span, c.encode_utf8(&mut [0; 4]));
            self.faults
                .add(Code::Command, span, format!("a shell doesn't understand `{c}`"))
                .help("use plain quotes, hyphens and spaces");
        }
    }

    /// The placeholders in order of first mention.
    fn command_placeholders(&mut self, run: &Text) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (at, _) in run.text.match_indices('<') {
            let rest = &run.text[at..];
            match placeholder_at(rest) {
                Some(name) if self.words.placeholder(name).is_some() => {
                    if names.iter().all(|known| known != name) {
                        names.push(name.to_owned());
                    }
                }
                Some(name) => self.no_such_blank(run, &format!("<{name}>")),
                None => {
                    if let Some(word) = word_in_brackets(rest) {
                        self.no_such_blank(run, word);
                    }
                }
            }
        }
        names
    }

    fn no_such_blank(&mut self, run: &Text, name: &str) {
        let help = "placeholders of commands are in vocabulary.yaml, so that the site can explain \
                    and fill them";
        self.unknown_placeholder(run, name, help);
    }
}

/// `<SOMETHING_LIKE_THIS>`: meant as a placeholder. A redirection (`< file`, `<<< $x`) isn't.
fn word_in_brackets(rest: &str) -> Option<&str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let end = 1 + rest[1..].find(|c| !fits(c))?;
    let word =
        rest[end..].starts_with('>') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    word.then(|| &rest[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirections_are_no_placeholders() {
        for text in
            ["< file > out", "<<< $TOKEN", "<(echo x)", "<<EOF\n", "< $(x) >y", "<x\u{a0}y>"]
        {
            assert_eq!(placeholder_at(text).or(word_in_brackets(text)), None, "{text}");
        }
        assert_eq!(word_in_brackets("<MY_REGISTRY>.azurecr.io"), Some("<MY_REGISTRY>"));
    }
}
