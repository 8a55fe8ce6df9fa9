//! What a machine needs to be allowed, and nothing more.

use super::Table;

/// The policy, in the language of both servers.
pub fn text(table: &Table) -> String {
    let Table { mount, prefix, .. } = table;
    format!(
        "\
# The entries of shops and apps: read, and written by check-and-set.
path \"{mount}/data/{prefix}/*\" {{
  capabilities = [\"create\", \"read\", \"update\"]
}}

# Their names, how many versions are kept, and removal for good (`sellauth disconnect`).
path \"{mount}/metadata/{prefix}/*\" {{
  capabilities = [\"create\", \"update\", \"list\", \"delete\"]
}}

# Whether the mount is a KV store of version 2.
path \"sys/internal/ui/mounts/{mount}\" {{
  capabilities = [\"read\"]
}}

# How long its own token lives, and to have it live longer.
path \"auth/token/lookup-self\" {{
  capabilities = [\"read\"]
}}
path \"auth/token/renew-self\" {{
  capabilities = [\"update\"]
}}
"
    )
}
