#!/bin/bash
# Makes a stand-in for a Debian base image out of Debian's own packages, for machines that cannot
# shellcheck disable=SC2016  # the hooks of mmdebstrap expand $1 themselves
# pull one: build hosts without a registry, air-gapped networks.
#
#   docker/base-image.sh                     makes debian:trixie-slim in the local engine
#   docker/base-image.sh --suite trixie --tag debian:trixie-slim
#   docker/base-image.sh --tar FILE          writes the root file system to FILE and loads nothing
#
# The certificates that this host trusts beside Debian's own (/usr/local/share/ca-certificates) go
# along, one file each, so that a build behind a TLS-inspecting proxy can verify what it fetches.
# Needs root, mmdebstrap and the keys of the Debian archive (debian-archive-keyring).
set -euo pipefail

fail() { echo "base-image: $1" >&2; exit 1; }

suite=trixie
tag=
tar=
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --tag) tag=$2; shift 2 ;;
    --tar) tar=$2; shift 2 ;;
    -h | --help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "base-image: unknown option $1; see --help" >&2; exit 2 ;;
  esac
done
tag=${tag:-debian:$suite-slim}

for tool in mmdebstrap docker; do
  [ "$tool" = docker ] && [ -n "$tar" ] && continue
  command -v "$tool" >/dev/null || fail "$tool is missing; on Debian: apt-get install $tool"
done

# The mirror is the one this host uses itself.
mirror() { # $1 = debian | debian-security
  { grep -rhoE "https?://[^ ]+/$1/?( |$)" /etc/apt/sources.list /etc/apt/sources.list.d \
      --include='*.list' --include='*.sources' 2>/dev/null || true; } \
    | tr -d ' ' | sed 's#/$##' | sort -u | head -n 1
}
main=$(mirror debian)
security=$(mirror debian-security)
[ -n "$main" ] || fail "no Debian mirror in /etc/apt; this host is not Debian?"

sources=("deb $main $suite main" "deb $main $suite-updates main")
[ -z "$security" ] || sources+=("deb $security $suite-security main")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rootfs=${tar:-$work/rootfs.tar}

certificates=()
if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
  host=/usr/local/share/ca-certificates
  certificates=(--customize-hook="mkdir -p \"\$1$host\""
    --customize-hook="cp $host/*.crt \"\$1$host\"")
fi

# The same folders that Debian's slim images leave out; the rule stays for packages added later.
slim=()
for folder in doc info locale man groff linda lintian; do
  slim+=("--dpkgopt=path-exclude=/usr/share/$folder/*")
done
slim+=("--dpkgopt=path-include=/usr/share/doc/*/copyright")

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1767225600}
mmdebstrap --quiet --variant=minbase --mode=root \
  "${slim[@]}" \
  --customize-hook='echo > "$1/etc/machine-id"; rm -f "$1/etc/hostname" "$1/etc/resolv.conf"' \
  "${certificates[@]}" \
  "$suite" "$rootfs" "${sources[@]}"

if [ -z "$tar" ]; then
  docker import --change 'CMD ["bash"]' --message "stand-in made from Debian $suite packages" \
    "$rootfs" "$tag" >/dev/null
  echo "base-image: $tag is ready ($(docker image inspect -f '{{.Size}}' "$tag") bytes)"
fi
