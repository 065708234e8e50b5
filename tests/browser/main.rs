//! The built site in Chromium, as its readers use it.
//!
//! Each test has a browser of its own (`chrome`), and a site from a disk or from a server of its
//! own (`server`); `page` is what a test does with them. Wants `chromium` and `chromedriver`;
//! a failing test leaves a picture of what was seen in `target/browser/`.

mod answers;
mod appearance;
mod chrome;
mod every_page;
mod keyboard;
mod page;
mod privacy;
mod server;
mod values;
mod without;
