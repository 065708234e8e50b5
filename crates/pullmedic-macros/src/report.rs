//! Diagnostics as compiler errors.
//!
//! A stable macro can't point into a YAML file, so each message carries its own `file:line:column`.

use proc_macro2::TokenStream;
use pullmedic_core::{Diagnostic, Diagnostics};
use quote::quote;
use syn::LitStr;

/// One error per diagnostic, all at the macro's argument.
pub(crate) fn errors(diagnostics: &Diagnostics, at: &LitStr) -> syn::Error {
    diagnostics
        .iter()
        .map(|d| syn::Error::new(at.span(), message(d)))
        .reduce(|mut all, next| {
            all.combine(next);
            all
        })
        .unwrap_or_else(|| syn::Error::new(at.span(), "the knowledge base was refused"))
}

/// The folder couldn't be read.
pub(crate) fn read_error(error: &impl std::fmt::Display, at: &LitStr) -> syn::Error {
    syn::Error::new(at.span(), error)
}

/// The errors, and an empty table, so that the code that uses the table adds no errors of its own.
pub(crate) fn with_fallback(error: &syn::Error) -> TokenStream {
    let errors = error.to_compile_error();
    let items = pullmedic_pack::fallback_items();
    quote!(#errors #items)
}

fn message(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.to_string();
    for hint in &diagnostic.hints {
        text.push_str("\n= help: ");
        text.push_str(hint);
    }
    text
}
