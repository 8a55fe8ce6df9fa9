# What is measured against: a token endpoint, homes with shops, a keyring, and what other programs need. Sourced by
# tests/bench. Everything lies in one scratch folder, and ends with the script.

# Makes the scratch folder, and sees to its end.
open_stage() {
    scratch=$(mktemp -d /tmp/sellauth-bench.XXXXXX)
    staged=" "
    environment=(PATH="$PATH" HOME="$scratch/home" LANG=C.UTF-8)
    mkdir -p "$scratch/home"
    # Whoever reads from it ends when the last writer, this shell, has gone.
    mkfifo "$scratch/alive"
    exec 8<>"$scratch/alive"
    trap close_stage EXIT
}

close_stage() {
    exec 8>&-
    [ -z "${oidc_agent-}" ] || kill "$oidc_agent" 2>/dev/null || true
    [ -z "${vault-}" ] || kill "$vault" 2>/dev/null || true
    [ ! -d "$scratch/home/.gnupg" ] || env -i "${environment[@]}" gpgconf --kill all || true
    rm -rf "$scratch"
}

# Builds parts of the stage, each once.
need() {
    local part
    for part in "$@"; do
        [[ $staged != *" $part "* ]] || continue
        "stage_$part"
        staged+="$part "
    done
}

# Runs a command with the home of that name, and with nothing of the person's environment.
at() {
    local name=$1 own=()
    shift
    # Only there the system's certificates are not read.
    [ "$name" != alone ] || own=(SSL_CERT_FILE="$scratch/ca.pem")
    env -i "${environment[@]}" SELLAUTH_HOME="$scratch/$name" "${own[@]}" "$@"
}

# For setting up: what it prints is nobody's concern unless it fails.
sellauth() { at "$1" "$static" --quiet "${@:2}" >/dev/null; }

# Waits until a command succeeds.
until_true() {
    local tries=0
    until "$@" >/dev/null 2>&1; do
        [ $((tries += 1)) -lt 500 ] || fail "waited in vain for: $*"
        sleep 0.02
    done
}

certificates() {
    local key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc)
    cd "$scratch"
    openssl req -x509 "${key[@]}" -keyout ca.key -out ca.pem -days 30 -subj "/CN=tests of bench" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
    openssl req "${key[@]}" -keyout server.key -out server.csr -subj /CN=localhost
    openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 30 -out server.pem -extfile <(
        printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n'
    )
    cat /etc/ssl/certs/ca-certificates.crt ca.pem >all.pem
}

stage_server() {
    (certificates) >"$scratch/openssl.log" 2>&1 || fail "openssl: $(tail -n 3 "$scratch/openssl.log")"
    "$cache/bin/node" "$support/bench/token_server.mjs" "$scratch/server.pem" "$scratch/server.key" \
        <"$scratch/alive" 8>&- >"$scratch/server.out" &
    disown
    until_true grep -q ready "$scratch/server.out"
    origin=$(cut -d ' ' -f 2 "$scratch/server.out")
}

# How many renewals the server has answered.
served() { curl --silent --show-error --fail --cacert "$scratch/ca.pem" "$origin/served"; }

# A home with the marketplace and its app. Further arguments are lines of its config.toml.
make_home() {
    local home=$scratch/$1
    mkdir -p "$home/marketplaces"
    {
        printf 'store = "file"\n'
        printf '%s\n' "${@:2}"
    } >"$home/config.toml"
    sed -e "s,@ORIGIN@,$origin,g" "$support/bench/marketplace.toml" >"$home/marketplaces/bench.toml"
    sellauth "$1" app add bench --client-id bench
}

# A shop with that refresh token, which is its name for the marketplace, too. Further arguments are `import`'s.
connect() {
    sellauth "$1" import bench --profile "$2" --refresh-token-stdin "${@:4}" <<<"$3"
}

# Three homes: `warm` with everything as it is by default, `alone` beside it without the system's certificates,
# `cold` without the cache.
stage_shops() {
    need server keyring
    local file="ca_file = \"$scratch/ca.pem\""
    make_home warm "$file"
    connect warm shop warm-1
    make_home alone
    connect alone shop alone-1
    make_home cold "$file" 'cache = "off"'
    connect cold in-file cold-1
    connect cold in-keyring cold-2 --store keyring
}

# Lets the tokens of a home end without waiting for it.
expire() {
    sed -i -E 's/("access_token_expires_at": *)"[^"]*"/\1"2020-01-01T00:00:00Z"/' "$scratch/$1"/state/profiles/*.json
}

stage_thousand() {
    need server
    say "connecting 1,000 shops"
    make_home thousand "ca_file = \"$scratch/ca.pem\""
    export -f sellauth at connect
    export scratch static
    seq 1000 | environment="${environment[*]}" xargs -P 4 -I '{}' \
        bash -ec 'read -ra environment <<<"$environment"; connect thousand "shop-{}" "rt-{}"'
}

# The same shops, of a marketplace that wants to be asked 50 times a second at most.
stage_paced() {
    need thousand
    cp -a "$scratch/thousand" "$scratch/paced"
    sed -i 's|^\[\[renewal_request\]\]$|&\npace = "50/s"|' "$scratch/paced/marketplaces/bench.toml"
}

# A vault in memory. What is kept in it goes by memory only, so this is the program's own time and the network's.
stage_vault() {
    "$cache/bao/bin/bao" server -dev -dev-root-token-id=bench -dev-no-store-token -dev-listen-address=127.0.0.1:18299 \
        >"$scratch/vault.log" 2>&1 8>&- &
    vault=$!
    environment+=(VAULT_ADDR=http://127.0.0.1:18299 VAULT_TOKEN=bench)
    until_true curl --silent --fail http://127.0.0.1:18299/v1/sys/health
}

# Three machines that share 10,000 shops, each of which knows of none yet.
stage_fleet() {
    need server vault
    say "making 10,000 shops"
    local machine
    for machine in fleet-1 fleet-2 fleet-3; do
        make_home "$machine" "ca_file = \"$scratch/ca.pem\""
        sed -i 's/store = "file"/store = "vault"/' "$scratch/$machine/config.toml"
        # Its app is the vault's, once a shop is there.
        [ "$machine" = fleet-1 ] || rm -r "$scratch/$machine/apps" "$scratch/$machine/state"
    done
    connect fleet-1 shop-1 rt-1
    at fleet-1 "$cache/bin/node" "$support/bench/fleet.mjs" shop-1 10000
}

# A login's bus and keyring, the way the tests have one.
stage_keyring() {
    local session=$scratch/session
    mkdir -p "$session/run"
    echo "correct horse battery staple" >"$session/password"
    environment+=(XDG_RUNTIME_DIR="$session/run" DBUS_SESSION_BUS_ADDRESS="unix:path=$session/bus")
    (
        cd "$session"
        exec env -i "${environment[@]}" setsid --wait sh "$support/keyring_session.sh" "$support/nosvc.conf" unlocked \
            <"$scratch/alive" 8>&- >daemon 2>log
    ) &
    disown
    until_true keyring_is_there
    at none secret-tool store --label=bench service bench name bench <<<"$(printf 'x%.0s' {1..400})"
}

keyring_is_there() {
    env -i "${environment[@]}" dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true
}

# Each with a secret as long as a token, in a home of its own, without network.
stage_others() {
    need server
    local secret log=$scratch/others.log
    secret=$(printf 'x%.0s' {1..400})
    mkdir -m 700 "$scratch/home/.gnupg"
    at none gpg --batch --passphrase '' --quick-generate-key bench default default never >"$log" 2>&1
    at none pass init bench >>"$log" 2>&1
    at none pass insert --multiline bench <<<"$secret" >>"$log" 2>&1
    mkdir -p "$scratch/home/.config/gh"
    printf 'github.com:\n    oauth_token: gho_%s\n    user: bench\n' "$secret" >"$scratch/home/.config/gh/hosts.yml"
    stage_oidc_agent >>"$log" 2>&1 || fail "oidc-agent: $(tail -n 3 "$log")"
}

# The agent has an account that it renews with the same server.
stage_oidc_agent() {
    mkdir -p "$scratch/home/.config/oidc-agent"
    at none oidc-agent 8>&- >"$scratch/agent"
    oidc_agent=$(sed -n 's/^OIDCD_PID=\([0-9]*\);.*/\1/p' "$scratch/agent")
    environment+=(OIDC_SOCK="$(sed -n 's/^OIDC_SOCK=\([^;]*\);.*/\1/p' "$scratch/agent")" OIDCD_PID="$oidc_agent")
    at none oidc-gen bench --issuer="$origin/" --client-id=bench --client-secret=bench --rt=bench --no-save \
        --scope="openid offline_access" --redirect-uri=http://localhost:8080 --cp="$scratch/ca.pem" --prompt=none \
        --confirm-yes --no-url-call </dev/null
}
