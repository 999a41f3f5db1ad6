#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Sekisho Authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs and uninstalls every feature, one after the other, in ONE plain Karaf, then sekisho-gateway, and asks that.
#   itests/karaf/plain-karaf.sh KARAF_TAR_GZ DISTRIBUTION_TAR_GZ [FEATURE...]
# Needs a JDK 17, ssh, ssh-keygen and curl. Some minutes; PAUSE=5 waits that long between installing and uninstalling,
# PORTS=24100 is the first of six ports used. Ends with 0 when nothing is left behind, every part runs and REST answers.
set -euo pipefail
karaf=$(realpath "$1") distribution=$(realpath "$2"); shift 2
ports=${PORTS:-24100} pause=${PAUSE:-0} failed=0
work=$(mktemp -d); home=$work/karaf; system=$work/sekisho
mkdir "$home" "$system"
tar xzf "$karaf" -C "$home" --strip 1
tar xzf "$distribution" -C "$system" --strip 1

# as docs/operations.md says, "In a plain Karaf"
cp "$system/etc/org.apache.karaf.features.xml" "$home/etc/"
sed -i "s#^org.ops4j.pax.url.mvn.defaultRepositories.*#org.ops4j.pax.url.mvn.defaultRepositories = file:$system/system@id=sekisho, \\\\#" \
  "$home/etc/org.ops4j.pax.url.mvn.cfg"

# ports of its own, and a key for the console
sed -i "s/^sshPort *=.*/sshPort = $((ports + 1))/" "$home/etc/org.apache.karaf.shell.cfg"
sed -i "s/^rmiRegistryPort *=.*/rmiRegistryPort = $((ports + 4))/; s/^rmiServerPort *=.*/rmiServerPort = $((ports + 5))/" \
  "$home/etc/org.apache.karaf.management.cfg"
ssh-keygen -q -t ecdsa -b 256 -N '' -f "$work/key"
printf 'admin=%s,_g_:admingroup\n_g_\\:admingroup=group,admin,manager,viewer,systembundles,ssh\n' \
  "$(cut -d' ' -f2 "$work/key.pub")" >> "$home/etc/keys.properties"
export SEKISHO_API_PORT=$((ports + 2)) SEKISHO_ADMIN_PORT=$((ports + 3))

KARAF_EXEC=exec "$home/bin/karaf" daemon > "$work/out.txt" 2>&1 &
process=$!
trap 'kill $process 2>/dev/null || true; wait $process 2>/dev/null || true; echo "files are in $work"' EXIT

console() {
  ssh -q -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i "$work/key" \
    -p $((ports + 1)) admin@127.0.0.1 "$@" 2> >(grep -v '^Connection to' >&2)
}
wrong() { echo "WRONG: $*"; failed=1; }
log() { grep -c "| $1" "$home/data/log/karaf.log" || true; }
resting() { console 'bundle:list -t 0 --no-format' | grep -v 'Active\|Hosts:\|^START\|^ID' || true; }

for _ in $(seq 90); do console version > /dev/null 2>&1 && break; sleep 1; done
console 'feature:repo-add mvn:org.sekisho/sekisho-features/0.1.0/xml/features'
features=("$@")
if [ ${#features[@]} -eq 0 ]; then
  mapfile -t features < <(console 'feature:list --no-format' | awk '$1 ~ /^sekisho-/ {print $1}')
fi

for feature in "${features[@]}"; do
  begin=$SECONDS
  console "feature:install $feature" || wrong "$feature does not install"
  for _ in $(seq 20); do rest=$(resting); [ -z "$rest" ] && break; sleep 0.5; done
  [ -z "$rest" ] || wrong "$feature does not run: $rest"
  sleep "$pause"
  console "feature:uninstall $feature" || wrong "$feature does not uninstall"
  left=$(console 'bundle:list -t 0 --no-format -s' | grep -i sekisho || true)
  [ -z "$left" ] || wrong "$feature leaves $left"
  echo "$feature: $((SECONDS - begin)) s, errors logged so far: $(log ERROR)"
done

console 'feature:install sekisho-gateway'
for _ in $(seq 120); do
  ready=$(curl -s "http://127.0.0.1:$SEKISHO_ADMIN_PORT/health/ready" || true)
  case $ready in *'"up"'*) break ;; esac
  sleep 0.5
done
echo "$ready"
case $ready in *'"up"'*) ;; *) wrong "the gateway is not ready" ;; esac
status=$(console 'sekisho:status'); echo "$status"
case $status in *absent*) wrong "a part is absent" ;; esac
answer=$(curl -s --cacert "$home/etc/keys/ca.pem" -u admin:"$(cat "$home/data/admin-secret.txt")" -o /dev/null -w '%{http_code}' \
  "https://127.0.0.1:$SEKISHO_API_PORT/api/v1/groups" || true)
echo "GET /groups: $answer"
[ "$answer" = 200 ] || wrong "REST does not answer"
[ "$(log ERROR)" = 0 ] || wrong "errors in $home/data/log/karaf.log"
exit $failed
