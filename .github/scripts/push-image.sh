#!/usr/bin/env bash
# Copies an image from a folder to the repository of a stack, where it is not there yet:
#   .github/scripts/push-image.sh STACK REPOSITORY@sha256:DIGEST FOLDER
# The repository is that of the stack; of the image's name only the digest counts.
set -euo pipefail

if [[ $# -ne 3 ]]; then
  sed -n 's/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
stack=$1 digest=${2##*@} folder=$3

found="$(skopeo inspect --raw "dir:$folder" | sha256sum | cut -d ' ' -f 1)"
if [[ sha256:$found != "$digest" ]]; then
  echo "error: $folder has the image sha256:$found, expected $digest; run the deployment of the other stack again" >&2
  exit 1
fi
if ! repository="$(pulumi stack output registry --stack "$stack")"; then
  echo "error: stack $stack has no repository yet; deploy it for the first time by hand, see docs/deploying.md" >&2
  exit 1
fi
host="${repository%%/*}"
region="$(cut -d . -f 4 <<< "$host")"

# The tag of `npm run promote`, which finds the image by it. It cannot be written twice, even for the same image.
hash=${digest#sha256:}
tag=promoted-${hash:0:16}
images=(aws ecr describe-images --region "$region" --repository-name "${repository#*/}")
if "${images[@]}" --image-ids "imageTag=$tag" --output text > /dev/null; then
  echo "$repository has $digest already"
  exit
fi
aws ecr get-login-password --region "$region" | skopeo login --username AWS --password-stdin "$host"
skopeo copy --all --preserve-digests --retry-times 3 "dir:$folder" "docker://$repository:$tag"
