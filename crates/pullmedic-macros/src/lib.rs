//! The front door through which a knowledge base becomes Rust: [`knowledge_base!`].
//!
//! A façade only: `pullmedic-core` reads and checks the YAML, `pullmedic-pack` packs it, and this crate finds the folder
//! and turns diagnostics into compiler errors.

mod folder;
mod report;

use proc_macro::TokenStream;
use pullmedic_core::Sources;
use pullmedic_pack::Packed;
use quote::quote;
use syn::LitStr;

/// Compiles the knowledge base in a folder into the items `TABLE` and `ProblemId`.
///
/// The folder is given as a string literal, relative to the root of the invoking crate (where its `Cargo.toml` is).
/// The invoking crate depends on `pullmedic-table`.
///
/// ```ignore
/// pullmedic_macros::knowledge_base!("kb");
///
/// let diagnosis = TABLE.diagnose("…", &Default::default());
/// ```
///
/// # Rebuilding
///
/// The crate is compiled anew when a file of the folder is edited. For Cargo to notice *new* files too, add a
/// `build.rs` that prints `cargo::rerun-if-changed=kb`.
///
/// # Errors
///
/// Every fault in the YAML is one compiler error that says `file:line:column`, what is wrong and what to do. The same
/// faults, with the line shown, come from `pullmedic-kb check`.
#[proc_macro]
pub fn knowledge_base(input: TokenStream) -> TokenStream {
    let folder = syn::parse_macro_input!(input as LitStr);
    expand(&folder).unwrap_or_else(|error| report::with_fallback(&error)).into()
}

fn expand(folder: &LitStr) -> syn::Result<proc_macro2::TokenStream> {
    let root = folder::locate(folder)?;
    let sources =
        Sources::read_as(&root, &folder.value()).map_err(|e| report::read_error(&e, folder))?;
    let kb = pullmedic_core::compile(&sources).map_err(|d| report::errors(&d, folder))?;
    let packed = Packed::new(&kb);
    pullmedic_pack::verify(&kb, &packed).map_err(|d| report::errors(&d, folder))?;
    let items = packed.items();
    let files = sources.paths().map(|path| path.to_string_lossy().into_owned());
    Ok(quote! {
        #items
        // Named here so that the compiler knows what this expansion was made from.
        const _: &[&[u8]] = &[#(::core::include_bytes!(#files)),*];
    })
}
