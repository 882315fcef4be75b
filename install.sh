#!/bin/sh
# Installs the shop beside itself: Python packages into .venv from the hashed lock, the explorer's parts from npm
# where Node is present. Does nothing when both are up to date. With --dev also what tests and lint need; with --stripe
# also what payments by Stripe need.
# A .venv that is a symbolic link belongs to somebody else and is used as it is. PYTHON chooses the interpreter.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
venv=$here/.venv
kind=runtime
parts=runtime
[ "${1-}" = --dev ] && kind=dev && parts=dev
[ "${1-}" = --stripe ] && kind=stripe
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

main() {
    up_to_date && return 0
    take_turn
    assets=
    if ! assets_are_ready; then
        install_assets &
        assets=$!
    fi
    python_is_ready || install_python
    [ -z "$assets" ] || wait "$assets"
}

# ── What is there ────────────────────────────────────────────────────────────────────────────────────────────────

up_to_date() { python_is_ready && assets_are_ready; }

python_is_ready() {
    [ -L "$venv" ] && return 0
    [ -x "$venv/bin/python" ] || return 1
    [ "$kind" = runtime ] && [ "$(stamp_in "$venv/runtime.installed")" = "$(stamp_of requirements.lock)" ] && return 0
    [ "$kind" != dev ] && [ "$(stamp_in "$venv/stripe.installed")" = "$(stamp_of requirements-stripe.lock)" ] && return 0
    [ "$(stamp_in "$venv/dev.installed")" = "$(stamp_of requirements-dev.lock)" ]
}

assets_are_ready() {
    command -v npm >/dev/null 2>&1 && [ -f "$here/package-lock.json" ] || return 0
    packages_are_ready && { assets_are_built || [ -f "$here/node_modules/failed" ]; }
}

packages_are_ready() {
    now=$(stamp_of package-lock.json)
    [ "$(stamp_in "$here/node_modules/dev.installed")" = "$now" ] && return 0
    [ "$kind" != dev ] && [ "$(stamp_in "$here/node_modules/runtime.installed")" = "$now" ]
}

assets_are_built() {
    [ -f "$here/pages/static/built/built.json" ] && [ "$(stamp_in "$here/node_modules/built")" = "$(stamp_of_sources)" ]
}

stamp_of() { cksum <"$here/$1"; }
stamp_of_sources() { (cd "$here" && cat package.json package-lock.json pages/explorer/build.js pages/static/*.js pages/static/explorer/* | cksum); }
stamp_in() { cat "$1" 2>/dev/null || true; }

# ── One at a time ────────────────────────────────────────────────────────────────────────────────────────────────

take_turn() {
    turn=$here/.installing
    waited=
    until mkdir "$turn" 2>/dev/null; do
        holder=$(stamp_in "$turn/pid")
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$turn"
            continue
        fi
        [ -n "$waited" ] || say "Another start is installing the shop; waiting for it …"
        waited=yes
        sleep 1
    done
    trap 'rm -rf "$turn"' EXIT
    trap 'exit 130' INT TERM HUP
    echo $$ >"$turn/pid"
}

# ── Python ───────────────────────────────────────────────────────────────────────────────────────────────────────

install_python() {
    lock=$here/requirements.lock
    [ "$kind" = runtime ] || lock=$here/requirements-$kind.lock
    if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        say "Making .venv with $("$python" --version 2>&1) …"
        "$python" -m venv --clear "$venv" >&2 || die "Python's venv module is missing: install it (on Debian: python3-venv)."
    fi
    say "Installing $(grep -c '==' "$lock") Python packages …"
    { "$venv/bin/python" -m pip install --require-hashes --no-deps --no-compile -r "$lock" 2>&1 || say_failed; } | show_progress
    [ ! -e "$here/.installing/failed" ] || die "Installing Python packages failed; the lines above say why."
    stamp_of requirements.lock >"$venv/runtime.installed"
    [ "$kind" = runtime ] || stamp_of "requirements-$kind.lock" >"$venv/$kind.installed"
}

find_python() {
    found=
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
    [ -z "${PYTHON-}" ] || set -- "$PYTHON"
    for name in "$@"; do
        command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
        found="${found}${found:+, }$name is $("$name" --version 2>&1)"
    done
    die "The shop needs Python 3.11 or newer (${found:-none was found}). Install it, or name one: PYTHON=/path/to/python3"
}

say_failed() { : >"$here/.installing/failed"; }

show_progress() {
    count=0
    while IFS= read -r line; do
        case "$line" in
            Collecting* | 'Requirement already'*)
                count=$((count + 1))
                [ -t 2 ] && printf '\r  %d' "$count" >&2
                ;;
            'Installing collected'*) [ -t 2 ] && printf '\r' >&2; say "  $count fetched, unpacking …" ;;
            ERROR* | error* | 'WARNING: Retrying'*) say "  $line" ;;
        esac
    done
}

# ── The explorer's parts ─────────────────────────────────────────────────────────────────────────────────────────

install_assets() {
    rm -f "$here/node_modules/failed"
    if { packages_are_ready || install_packages; } && build_assets; then
        return 0
    elif [ "$kind" = dev ]; then
        die "Installing from npm failed; the lines above say why."
    fi
    say "npm failed, so the explorer will fetch its parts from a public address; all else works."
    say "To try again, delete node_modules."
    mkdir -p "$here/node_modules"
    stamp_of package-lock.json >"$here/node_modules/$parts.installed"
    : >"$here/node_modules/failed"
}

install_packages() {
    say "Installing the explorer's parts from npm …"
    set -- ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
    [ "$kind" = dev ] || set -- "$@" --omit=dev
    if [ ! -d "${HOME-}" ] || [ ! -w "${HOME-}" ]; then
        npm_config_cache=$here/var/npm
        export npm_config_cache
    fi
    (cd "$here" && npm "$@") >&2 && stamp_of package-lock.json >"$here/node_modules/$parts.installed"
}

build_assets() {
    say "Building the explorer …"
    (cd "$here" && npm run --silent build) >&2 && stamp_of_sources >"$here/node_modules/built"
}

main
