//! Tells Cargo to look at the whole folder: a file added to the knowledge base rebuilds this crate too.

#[expect(clippy::print_stdout, reason = "this is how a build script talks to Cargo")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=kb");
}
