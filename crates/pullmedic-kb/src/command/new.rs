//! `pullmedic-kb new`: a commented entry that passes `check` once its blanks are filled.

use std::fs::{self, OpenOptions};
use std::io::Write;

use crate::args::New;
use crate::{Failure, Outcome};

/// The blanks are written `…`.
const ENTRY: &str = include_str!("new.yaml");

pub(crate) fn run(args: &New) -> Result<Outcome, Failure> {
    let (provider, name) = split(&args.id)?;
    let folder = args.kb.join(provider).join("problems");
    if !args.kb.join(provider).join("provider.yaml").is_file() {
        let folder = args.kb.join(provider);
        return Err(Failure(format!("there is no provider in `{}`", folder.display())));
    }
    fs::create_dir_all(&folder).map_err(|e| format!("can't create `{}`: {e}", folder.display()))?;
    let file = folder.join(format!("{name}.yaml"));
    let text = ENTRY.replace("PROVIDER", provider).replace("NAME", name);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file)
        .and_then(|mut f| f.write_all(text.as_bytes()))
        .map_err(|e| format!("can't write `{}`: {e}", file.display()))?;
    anstream::println!("Wrote {}: fill in each …, then run: pullmedic-kb check", file.display());
    Ok(Outcome::Clean)
}

fn split(id: &str) -> Result<(&str, &str), Failure> {
    let kebab = |s: &str| {
        !s.is_empty()
            && s.split('-').all(|w| {
                !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            })
    };
    match id.split_once('/') {
        Some((provider, name)) if kebab(provider) && kebab(name) => Ok((provider, name)),
        _ => Err(Failure(format!(
            "`{id}` isn't an id; write provider/kebab-case, such as azure/client-ip-not-allowed"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn ids_are_provider_slash_kebab_case() {
        assert_eq!(split("azure/a-b2").ok(), Some(("azure", "a-b2")));
        for bad in ["azure", "azure/", "azure/A", "azure/a--b", "../x", "azure/../x", "azure/a/b"] {
            assert!(split(bad).is_err(), "{bad}");
        }
    }
}
