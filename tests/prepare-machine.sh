#!/usr/bin/env bash
# Installs from Debian what the tests need and the machine lacks, and says so.
set -euo pipefail

declare -A package_of=(
  [chromium]=chromium
  [pdftotext]=poppler-utils
  [soffice]=libreoffice-writer-nogui
  [msgfmt]=gettext
  [nginx]=nginx-light
  [wrk]=wrk
)
missing=()
for command in "${!package_of[@]}"; do
  command -v "$command" >/dev/null || missing+=("${package_of[$command]}")
done
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
# What a phone shows pages in: lengths and pictures are those of a real one.
compgen -G "/usr/share/fonts/truetype/roboto/*" >/dev/null || missing+=(fonts-roboto-unhinted)
[ ${#missing[@]} -eq 0 ] && exit 0

echo "The tests need these Debian packages: ${missing[*]}"
become_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Please install them as root: apt-get install ${missing[*]}"; exit 1; }
  become_root=(sudo)
fi
echo "Installing them now."
export DEBIAN_FRONTEND=noninteractive
"${become_root[@]}" apt-get update -qq
"${become_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
