// Five faults in one file are five errors, and code that uses the table adds none of its own.
pullmedic_macros::knowledge_base!("tests/five-faults");

fn main() {
    assert_eq!(TABLE.problems().count(), 0);
}
