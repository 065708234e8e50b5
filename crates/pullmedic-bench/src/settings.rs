//! How much is measured: environment variables, so that a quick look and a thorough run are the same program.

use std::env;
use std::str::FromStr;

/// The number in an environment variable, or the default.
pub fn number<T: FromStr>(name: &str, default: T) -> T {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The comma-separated words in an environment variable, or the defaults.
pub fn words(name: &str, default: &str) -> Vec<String> {
    let text = env::var(name).unwrap_or_else(|_| default.to_owned());
    text.split(',').map(|word| word.trim().to_owned()).collect()
}
