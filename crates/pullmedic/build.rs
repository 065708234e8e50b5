//! Tells Cargo to look at the whole folder: a file added to the knowledge base rebuilds this crate too.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=kb");
}
