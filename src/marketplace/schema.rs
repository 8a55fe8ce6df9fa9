//! The JSON Schema of definitions, for editors. It is made by the tests from the shape's own types and their
//! docstrings, and shipped as a file: the program only prints it.

/// The schema, as `docs/marketplace.schema.json` holds it.
pub const SCHEMA: &str = include_str!("../../docs/marketplace.schema.json");

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::SCHEMA;
    use crate::error::Kind;
    use crate::marketplace::BUILT_IN;
    use crate::marketplace::definition::{Definition, Pairs};
    use crate::marketplace::pace::PaceRule;
    use crate::marketplace::request::StatusPattern;
    use crate::marketplace::template::Template;
    use crate::model::Span;
    use crate::oauth::pointer::Pointer;

    /// Types whose text has a form of its own.
    macro_rules! written {
        ($($name:ident = $schema:tt;)*) => { $(
            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!($schema)
                }
            }
        )* };
    }

    written! {
        Template = { "type": "string", "description": "Text with {placeholders}" };
        Pairs = { "type": "object", "additionalProperties": { "type": "string" } };
        PaceRule = { "type": "string", "pattern": "^([0-9]+/[smh]|\\{[a-z0-9_]+\\})$" };
        Span = { "type": "string", "pattern": "^[0-9]+[smhd]$" };
        StatusPattern = { "anyOf": [
            { "type": "integer", "minimum": 400, "maximum": 599 },
            { "enum": ["4xx", "5xx"] },
        ] };
        Pointer = { "anyOf": [
            { "type": "string", "pattern": "^/" },
            { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^/" } },
        ] };
        Kind = { "enum": ["reauthorization_required", "denied", "temporary", "configuration"] };
    }

    fn generated() -> String {
        let settings = schemars::generate::SchemaSettings::draft07();
        let schema = settings.into_generator().into_root_schema_for::<Definition>();
        serde_json::to_string_pretty(&schema).unwrap() + "\n"
    }

    /// Whether an editor would find nothing wrong.
    fn fits(text: &str) -> bool {
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("schema.json", serde_json::from_str(SCHEMA).unwrap()).unwrap();
        let index = compiler.compile("schema.json", &mut schemas).unwrap();
        let document = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        schemas.validate(&document, index).is_ok()
    }

    #[test]
    fn the_shipped_schema_is_the_shapes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/marketplace.schema.json");
        let generated = generated();
        if generated != SCHEMA {
            let fresh = std::env::temp_dir().join("marketplace.schema.json");
            std::fs::write(&fresh, generated).unwrap();
            panic!("{path} is stale: copy {} there", fresh.display());
        }
    }

    #[test]
    fn an_editor_finds_nothing_wrong_with_what_is_built_in() {
        for (id, text) in BUILT_IN {
            assert!(fits(text), "{id}");
        }
    }

    #[test]
    fn an_editor_finds_what_has_a_wrong_shape() {
        let (_, sound) = BUILT_IN[0];
        for (from, to) in [
            ("name = ", "nam = "),
            ("grant = \"", "grant = \"x"),
            ("[lifetimes]\n", "[lifetimes]\ncode_ = \"1s\"\n"),
            ("[lifetimes]\n", "[lifetimes]\nauthorization = \"1 year\"\n"),
            ("/access_token\"", "access_token\""),
        ] {
            assert!(sound.contains(from), "{from}");
            assert!(!fits(&sound.replacen(from, to, 1)), "{to}");
        }
    }
}
