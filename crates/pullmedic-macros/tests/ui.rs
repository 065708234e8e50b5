//! What the macro makes of sound and of broken knowledge bases, as the compiler shows it.
//!
//! `TRYBUILD=overwrite` rewrites the expected errors.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass.rs");
    cases.compile_fail("tests/ui/five-faults.rs");
    cases.compile_fail("tests/ui/no-folder.rs");
    cases.compile_fail("tests/ui/not-a-literal.rs");
}
