// The folder is a string literal: the macro runs before anything could be computed.
const FOLDER: &str = "kb";
pullmedic_macros::knowledge_base!(FOLDER);

fn main() {}
