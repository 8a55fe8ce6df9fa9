# The other systems people have, as far as they can be had on Linux: types for macOS, a program for Windows that
# Wine runs. Sourced by tests/run behind install.sh.

macos_target=aarch64-apple-darwin
windows_target=x86_64-pc-windows-gnu
# Debian keeps it out of the PATH; the script that is in it complains that there is no 32-bit Wine.
wine=/usr/lib/wine/wine64
wineserver=/usr/lib/wine/wineserver

# The standard libraries, a linker for Windows, and Wine with a folder ("prefix") of its own.
install_platforms() {
    mapfile -t missing < <(missing_packages <<TABLE
x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
$wine wine wine64
TABLE
    )
    install_packages "${missing[@]}"
    install_target "$macos_target"
    install_target "$windows_target"
    # rustup's minimal profile leaves it out.
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy || fail "rustup cannot install clippy"
    install_wine_prefix
}

# Of the tests' own, so that no program of the user's is met. Wine 8 lacks a library that Rust's standard library
# wants (Windows has it since version 10): a stand-in takes its place.
install_wine_prefix() {
    local prefix=$cache/wine source=$support/wine/bcryptprimitives.c made
    made=$("$wine" --version; sha256sum <"$source")
    [ "$(cat "$prefix/installed" 2>/dev/null)" != "$made" ] || return 0
    say "making a Wine prefix"
    end_wine
    rm -rf "$prefix"
    mkdir -p "$prefix"
    under_wine timeout 300 "$wine" wineboot --init >"$cache/wine.log" 2>&1 || {
        end_wine
        tail -n 20 "$cache/wine.log" >&2
        fail "Wine cannot make a prefix"
    }
    x86_64-w64-mingw32-gcc -shared -o "$prefix/drive_c/windows/system32/bcryptprimitives.dll" "$source" -ladvapi32
    echo "$made" >"$prefix/installed"
}

# Ends what still runs on our prefix: it outlives who started it, and the prefix must not go away below it. To have
# nothing to end is no failure.
end_wine() { under_wine timeout 60 "$wineserver" -k >/dev/null 2>&1 || true; }

# A command with Wine's environment: no display, no word of its own on stderr, nothing of .NET or a browser.
under_wine() {
    env -u DISPLAY -u WAYLAND_DISPLAY WINEPREFIX="$(realpath "$cache/wine")" WINEDEBUG=-all \
        WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe=' "$@"
}

# Types and lints. Nothing is linked, so nobody needs the objects that ring's C code would become.
check_macos() {
    local none=$support/no_compiler.sh
    CC_aarch64_apple_darwin=$none AR_aarch64_apple_darwin=true SDKROOT=/ CARGO_PROFILE_DEV_DEBUG=0 \
        cargo clippy --locked --target "$macos_target" -- -D warnings
}

# The program that the tests in tests/windows.rs run.
build_windows() {
    CARGO_PROFILE_DEV_DEBUG=0 cargo rustc --locked --target "$windows_target" --bin sellauth -- -D warnings
}

# What is nearest to the system, by its unit tests. All of them would be too much for Wine: a flood of connections
# takes all memory there.
test_windows_units() {
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=$wine \
        under_wine cargo test --locked --target "$windows_target" --bin sellauth -- files:: folder:: interrupt:: lock:: browser:: store::
}
