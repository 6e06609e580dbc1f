#!/usr/bin/env bash
# Make this clone ready: system libraries, uv, and the packages of uv.lock in .venv.
#
# `make demo` and `make test` call it when .venv is absent or older than uv.lock or pyproject.toml.
# It installs only what is missing and may be run again at any time. PYTHON=... names the Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly MIN_UV=0.11.0           # the oldest one that knows UV_SYSTEM_CERTS
readonly OWN_UV=.tools/uv        # a venv that holds nothing but uv, made where PATH has none
readonly STAMP=.venv/.setup-done # the Makefile looks at its age

say() { printf 'setup: %s\n' "$*"; }

die() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# ------------------------------------------------------------------------------------ Python

ask_python() { "$PYTHON" -c "import os, sys, sysconfig; $1"; }

find_python() {
  local candidates candidate
  candidates=${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}
  for candidate in $candidates; do
    PYTHON=$candidate # the range is pyproject.toml's requires-python
    if ask_python 'sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then
      PYTHON=$(ask_python 'print(sys.executable)')
      return
    fi
  done
  candidate=${candidates%% *}
  die "needs Python 3.11 to 3.14, but $candidate is $("$candidate" --version 2>/dev/null ||
    echo missing); install one and name it: make setup PYTHON=python3.12"
}

# What a distribution may have split off its python3, under Debian's names.
missing_of_python() {
  local name
  name=python$(ask_python 'print("%d.%d" % sys.version_info[:2])')
  ask_python 'sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' ||
    echo "$name-dev"
  find_uv || ask_python 'import ensurepip, venv' 2>/dev/null || echo "$name-venv"
}

# --------------------------------------------------------------------------- system libraries

compiles() { # a compiler is of no use without the header that is asked for
  printf '#include <%s>\n' "$3" | "$1" -x "$2" -fsyntax-only - 2>/dev/null
}

# Debian's names of what is absent. pycairo and ManimPango have no wheels for Linux; moderngl and
# glcontext, in C++, have some for x86-64 only. What has none is compiled here.
missing_libraries() {
  compiles "${CC:-cc}" c stdio.h || echo gcc libc6-dev
  has pkg-config || echo pkg-config
  pkg-config --exists cairo 2>/dev/null || echo libcairo2-dev
  pkg-config --exists pangocairo 2>/dev/null || echo libpango1.0-dev
  [ "$(uname -m)" = x86_64 ] || compiles "${CXX:-c++}" c++ cstdio || echo g++
}

may_be_root() { # without a terminal there is nobody to type sudo's password
  [ "$(id -u)" = 0 ] || { has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

apt_get() {
  local sudo=sudo
  [ "$(id -u)" != 0 ] || sudo=
  # sudo forgets the environment, so what apt needs of it is said again.
  $sudo env DEBIAN_FRONTEND=noninteractive ${http_proxy:+"http_proxy=$http_proxy"} \
    ${https_proxy:+"https_proxy=$https_proxy"} apt-get -qq -o Dpkg::Use-Pty=0 \
    -o DPkg::Lock::Timeout=120 "$@"
}

install_with_apt() {
  local by_hand="apt-get install $*"
  may_be_root || die "this machine lacks system libraries; as root, type: $by_hand"
  say "installing with apt: $*"
  apt_get update || say 'apt-get update failed; going on with the lists at hand'
  apt_get install --no-install-recommends "$@" >/dev/null ||
    die "apt failed; as root, type: $by_hand"
}

install_with_brew() {
  say 'installing with Homebrew: cairo pango pkg-config'
  brew install --quiet cairo pango pkg-config || die 'Homebrew failed, see above'
}

# For the package managers that are not driven from here.
say_what_to_type() {
  local line='install a C compiler, pkg-config, and the headers of cairo, pango and Python'
  if [ "$(uname -s)" = Darwin ]; then
    line='xcode-select --install; brew install cairo pango pkg-config'
  elif has dnf; then
    line='sudo dnf install gcc-c++ pkgconf-pkg-config cairo-devel pango-devel python3-devel'
  elif has pacman; then
    line='sudo pacman -S --needed base-devel cairo pango'
  elif has zypper; then
    line='sudo zypper install gcc-c++ pkg-config cairo-devel pango-devel python3-devel'
  elif has apk; then
    line='sudo apk add build-base pkgconf cairo-dev pango-dev python3-dev'
  fi
  die "this machine lacks system libraries; type: $line"
}

install_libraries() {
  local of_python lacking
  of_python=$(missing_of_python)
  if [ -n "$of_python" ] && [ "$(ask_python 'print(sys.base_prefix)')" != /usr ]; then
    die "$PYTHON has no C headers or no ensurepip; take another: make setup PYTHON=python3.12"
  fi
  lacking="$(missing_libraries) $of_python"
  # shellcheck disable=SC2086 # a list of words
  set -- $lacking
  [ $# -gt 0 ] || return 0
  if has apt-get; then
    install_with_apt "$@"
  elif has brew && has cc; then
    install_with_brew
  else
    say_what_to_type
  fi
  lacking=$(missing_libraries && missing_of_python)
  [ -z "$lacking" ] || die "still missing after that: $(echo "$lacking" | tr '\n' ' ')"
}

# ----------------------------------------------------------------------------------- packages

new_enough() { [ "$(printf '%s\n' "$MIN_UV" "$1" | sort -V | head -n 1)" = "$MIN_UV" ]; }

find_uv() {
  local candidate version
  for candidate in uv "$OWN_UV/bin/uv"; do
    version=$("$candidate" --version 2>/dev/null) || continue
    version=${version#uv }
    if new_enough "${version%% *}"; then
      UV=$candidate
      return
    fi
  done
  return 1
}

install_uv() {
  say "installing uv into $OWN_UV"
  "$PYTHON" -m venv --clear "$OWN_UV"
  PIP_USER=0 "$OWN_UV/bin/python" -m pip install -qq "uv>=$MIN_UV,<1"
  find_uv || die "uv does not start: $OWN_UV/bin/uv"
}

# uv trusts a list of its own unless told; a proxy's certificate is known to the machine only.
use_the_certificates_of_the_machine() {
  if [ "$(uname -s)" = Darwin ] || [ -n "$(ls /etc/ssl/certs 2>/dev/null)" ]; then
    export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
  fi
}

# The user's package index, if one is set for uv or for pip, which uv does not ask.
chosen_index() {
  local index=${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIP_INDEX_URL:-}}}
  [ -n "$index" ] || index=$("$OWN_UV/bin/python" -m pip config get global.index-url 2>/dev/null) ||
    true
  echo "$index"
}

# uv.lock holds addresses; from another index the same versions are taken by name and hash.
install_from() {
  "$UV" venv --quiet --allow-existing --python "$PYTHON" .venv
  "$UV" export --quiet --frozen --no-emit-project |
    "$UV" pip sync --quiet --require-hashes --default-index "$1" --python .venv/bin/python -
  UV_DEFAULT_INDEX=$1 "$UV" sync --quiet --frozen --python "$PYTHON" # what is left: this project
}

install_packages() {
  local index quiet=--quiet
  index=$(chosen_index)
  [ ! -t 2 ] || quiet=
  say 'bringing .venv to what uv.lock says (the first time takes a minute or two)'
  use_the_certificates_of_the_machine
  unset VIRTUAL_ENV
  export UV_PROJECT_ENVIRONMENT=.venv UV_COMPILE_BYTECODE=1 # Manim then starts a second sooner
  if [ -n "$index" ]; then
    install_from "$index"
  else
    "$UV" sync $quiet --locked --python "$PYTHON"
  fi
  .venv/bin/python -c 'import manim' || die 'the packages are there, but Manim does not start'
}

find_python
install_libraries
find_uv || install_uv
install_packages
touch "$STAMP"
say 'ready'
