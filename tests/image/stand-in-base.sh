#!/usr/bin/env bash
# Stand-ins for the images that the sample service takes from a registry, for a machine that reaches none:
# Debian by debootstrap, with this machine's own Node.js and npm, or with Debian's HAProxy.
#
#   stand-in-base.sh node TAG         build with it: --build-arg NODE_IMAGE=TAG
#   stand-in-base.sh balancer TAG     name it as the balancer's image
#
# A tag that is there already is kept. Needs root, debootstrap and a Docker engine, and nothing of it is
# meant to be published.
set -euo pipefail

if [[ $# -ne 2 || ! $1 =~ ^(node|balancer)$ ]]; then
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
kind=$1 tag=$2
docker=${DOCKER:-docker}

"$docker" image inspect "$tag" >/dev/null 2>&1 && exit 0
if [[ $EUID -ne 0 ]]; then
  echo "debootstrap needs root: run this as root, or let the engine pull images" >&2
  exit 1
fi
if ! command -v debootstrap >/dev/null; then
  echo "debootstrap is missing: install the package debootstrap, or let the engine pull images" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

packages=()
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
if [[ $kind = balancer ]]; then
  # Debian's stable release is behind the version that compose.yaml names.
  packages=(--include=haproxy)
  suite=testing
fi
debootstrap --variant=minbase "${packages[@]}" "$suite" "$root" >"$work/log" 2>&1 || {
  tail -n 20 "$work/log" >&2
  exit 1
}
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}/*

if [[ $kind = balancer ]]; then
  # The user, the path and the command of the official image.
  changes=(--change 'USER haproxy'
    --change 'CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]')
else
  changes=(--change 'CMD ["node"]')
  modules=$root/usr/local/lib/node_modules
  install -D "$(node -p process.execPath)" "$root/usr/local/bin/node"
  mkdir -p "$modules"
  cp -RL "$(npm root --global)/npm" "$modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  # Where a proxy stands between this machine and the packages, npm must trust it inside as it does outside.
  authorities=${NODE_EXTRA_CA_CERTS:-}
  if [[ -f $authorities ]]; then
    install -D -m 644 "$authorities" "$root/usr/local/etc/npm-authorities.crt"
    echo 'cafile=/usr/local/etc/npm-authorities.crt' >"$root/usr/local/etc/npmrc"
  fi
fi

tar --create --one-file-system --directory "$root" . |
  "$docker" import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    "${changes[@]}" --message "stand-in, not for publishing" - "$tag" >/dev/null
