#!/usr/bin/env bash
# Writes an image of Amazon ECR into a folder as it is, so that it keeps its digest wherever it is copied to:
#   .github/scripts/pull-image.sh REPOSITORY@sha256:DIGEST FOLDER
set -euo pipefail

if [[ $# -ne 2 ]]; then
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
image=$1 folder=$2
host="${image%%/*}"
region="$(cut -d . -f 4 <<< "$host")"

aws ecr get-login-password --region "$region" | skopeo login --username AWS --password-stdin "$host"
# The folder keeps every manifest byte for byte, whatever its format.
skopeo copy --all --preserve-digests --retry-times 3 "docker://$image" "dir:$folder"
