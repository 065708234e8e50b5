// A folder that isn't there is named, with where it was looked for.
pullmedic_macros::knowledge_base!("no/such/folder");

fn main() {}
