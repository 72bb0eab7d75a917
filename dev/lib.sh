# Shared by the scripts of dev/: where things are, and how the environment is set.
# Sourced, never run. Everything made here lives under .dev/ (git-ignored).

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
DEV="${POM_DEV:-$ROOT/.dev}"
VENV="$DEV/venv"
PACKAGES="$DEV/odoo"          # where Debian's packages are unpacked
# A unix socket's path may hold 107 characters: a clone can lie deeper than that.
SHORT="/tmp/pom-$(id -u)-$(printf %s "$ROOT" | cksum | cut -d' ' -f1)"

# The lists of dev/addons.py, with a separator of one's choice instead of line ends.
addons() { "$VENV/bin/python" "$ROOT/dev/addons.py" | paste -sd "${1:-$'\n'}"; }
addons_to_choose() { "$VENV/bin/python" "$ROOT/dev/addons.py" choose | paste -sd "${1:-$'\n'}"; }
pure_packages() { "$VENV/bin/python" "$ROOT/dev/addons.py" pure | paste -sd "${1:-$'\n'}"; }

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# The folder that Python imports "odoo" from, of the user's own Odoo or of ours.
odoo_path() {
    local home="${ODOO_HOME:-}"
    [ -n "$home" ] || home="$(cat "$DEV/odoo_home" 2>/dev/null || true)"
    if [ -z "$home" ]; then
        echo "$PACKAGES/usr/lib/python3/dist-packages"
    elif [ -f "$home/odoo/release.py" ]; then
        echo "$home"
    elif [ -f "$home/release.py" ]; then
        dirname "$home"
    else
        fail "ODOO_HOME=$home holds no Odoo (no odoo/release.py in it): point it at a checkout or an installation of Odoo 19."
    fi
}

venv_site() {
    "$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'
}

addons_path() {
    local base path
    base="$(odoo_path)"
    path="$base/odoo/addons"
    [ ! -f "$base/odoo-bin" ] || path="$path,$base/addons"
    echo "$path,$(venv_site)/odoo/addons,$ROOT"
}

pg_bin() {
    local newest
    command -v pg_config >/dev/null && newest="$(pg_config --bindir)" || newest=""
    [ -x "$newest/initdb" ] || newest="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
    echo "$newest"
}

load_env() {
    export PATH="$DEV/bin:$VENV/bin:$PATH"
    # The user's own PostgreSQL wins.
    if [ -z "${PGHOST:-}" ]; then
        export PGHOST="$SHORT" PGPORT="${PGPORT:-5432}" PGUSER="${PGUSER:-odoo}"
        export POM_PRIVATE_PG=1
    fi
    ODOO_ADDONS_PATH="$(addons_path)"
    export ODOO_ADDONS_PATH
    export ODOO_DATA_DIR="$DEV/data"
    export ODOO_RC="${ODOO_RC:-$DEV/odoo.conf}"
    export POM_DEV="$DEV" POM_ROOT="$ROOT"
    # Odoo comes without compiled files: who forbids to write them waits for them at each
    # of a hundred starts.
    unset PYTHONDONTWRITEBYTECODE
    # Wheel binaries such as Qt's PDF engine must not look for a screen.
    export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/tmp}"
    export PYTHONWARNINGS="${PYTHONWARNINGS:-ignore::DeprecationWarning}"
}
