#!/usr/bin/env bash
# Install programs that only tests drive, where apt may do so without asking anybody.
#
# `make test` calls it. It never fails: tests of what is missing are skipped, and say so.
set -uo pipefail

# Each line: a command that shows that the program is there, and Debian's names of its packages.
# TeX is not among them: texlive-latex-extra takes half a gigabyte, for two tests.
readonly PROGRAMS='
chromium chromium
pdftoppm poppler-utils
soffice libreoffice-impress
'

has() { command -v "$1" >/dev/null 2>&1; }

missing=
while read -r command packages; do
  [ -z "$command" ] || has "$command" || missing="$missing $packages"
done <<<"$PROGRAMS"
[ -n "$missing" ] || exit 0

if ! has apt-get || ! { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  echo "programs: not there, so tests that drive them are skipped:$missing"
  exit 0
fi
sudo=sudo
[ "$(id -u)" != 0 ] || sudo=
apt_get() {
  $sudo env DEBIAN_FRONTEND=noninteractive ${http_proxy:+"http_proxy=$http_proxy"} \
    ${https_proxy:+"https_proxy=$https_proxy"} apt-get -qq -o Dpkg::Use-Pty=0 \
    -o DPkg::Lock::Timeout=120 "$@"
}
echo "programs: installing with apt, for tests:$missing"
# shellcheck disable=SC2086 # a list of words
{ apt_get update && apt_get install --no-install-recommends $missing; } >/dev/null ||
  echo "programs: apt failed, so tests that drive them are skipped:$missing"
