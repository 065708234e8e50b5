//! Reference tables: rows that fit their columns, and a key that tells rows apart.

use std::collections::BTreeMap;

use super::Cx;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Column, ReferenceTable};
use crate::layout::{Item, Kind, Layout};
use crate::raw::{self, Cell, List, Named, Read};
use crate::yaml::Text;

impl Cx<'_> {
    /// All tables, sorted by id.
    pub(super) fn tables(&mut self, layout: &Layout) -> Vec<ReferenceTable> {
        let mut tables = Vec::new();
        for (provider, scope) in &layout.providers {
            for (id, item) in scope.all(Kind::Reference) {
                tables.extend(self.table(provider, id, item));
            }
        }
        tables.sort_by(|a, b| a.id.cmp(&b.id));
        tables
    }

    fn table(&mut self, provider: &str, id: &str, item: &Item) -> Option<ReferenceTable> {
        let raw = raw::ReferenceTable::read(item.tree.as_ref()?, &mut self.faults)?;
        self.unique("column", raw.columns.0.iter().filter_map(|column| column.id.as_ref()));
        let columns = self.columns(raw.columns);
        let key = self.key_column(raw.key.as_ref(), &columns);
        self.keys(&raw.rows, columns.get(key));
        Some(ReferenceTable {
            id: format!("{provider}-{id}"),
            provider: provider.to_owned(),
            title: self.required(raw.title, Cx::title),
            summary: self.required(raw.summary, Cx::markdown),
            key,
            rows: raw.rows.into_iter().map(|row| self.row(row, &columns)).collect(),
            columns,
            sources: self.sources(provider, raw.sources),
            location: self.faults.location(item.span),
        })
    }

    fn columns(&mut self, raw: List<raw::Column>) -> Vec<Column> {
        raw.into_iter()
            .map(|raw| Column {
                id: self.required(raw.id, |cx, id| cx.id("column", id)),
                title: self.required(raw.title, Cx::plain),
            })
            .collect()
    }

    fn key_column(&mut self, key: Option<&Text>, columns: &[Column]) -> usize {
        let Some(key) = key else { return 0 };
        columns.iter().position(|column| column.id == key.text).unwrap_or_else(|| {
            self.no_such_column(key, columns);
            0
        })
    }

    fn no_such_column(&mut self, name: &Text, columns: &[Column]) {
        self.faults
            .add(Code::Table, name.span, format!("the table has no column `{}`", name.text))
            .suggest(&name.text, columns.iter().map(|column| column.id.as_str()));
    }

    fn row(&mut self, raw: Named<Cell>, columns: &[Column]) -> Vec<String> {
        let mut row = vec![String::new(); columns.len()];
        for (name, Cell(value)) in raw.entries {
            match columns.iter().position(|column| column.id == name.text) {
                Some(index) => row[index] = self.markdown(&value),
                None => self.no_such_column(&name, columns),
            }
        }
        row
    }

    /// Every row has a key, and no two have the same.
    fn keys(&mut self, rows: &List<Named<Cell>>, key: Option<&Column>) {
        let Some(key) = key else { return };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for row in &rows.0 {
            let cell = row.entries.iter().find(|(name, _)| name.text == key.id);
            let Some((_, Cell(value))) = cell.filter(|(_, Cell(value))| !value.text.is_empty())
            else {
                let message = format!("a row without its key, `{}`", key.id);
                self.faults.add(Code::Table, row.span, message);
                continue;
            };
            if let Some(first) = seen.insert(&value.text, value.span) {
                self.faults
                    .add(Code::Table, value.span, format!("two rows have the key `{}`", value.text))
                    .see(first, "first here");
            }
        }
    }
}
