#!/usr/bin/env bash
# A program that answers whatever comes, on the loopback and beyond it. See ../README.md.
#
#   responder.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

# answer NAMESPACE LOCAL_ADDRESS ADDRESS [OPTIONS]...
answer() {
	# A port that none had before, because a rule may spare a session that it has tested.
	start "responder.$RANDOM" ip netns exec "$1" "$here/c/build/responder" -d "$duration" "${@:4}" \
		"$2" $((40000 + RANDOM % 20000)) "$3" "$udp_port"
	attackers="$attackers $started"
	outputs="$outputs $work/$name"
}

loopback() { answer "$server" 127.0.0.1 127.0.0.1; }

# Slower than the limit for one source, which would end it by chance.
veth() { answer "$client" "$near" "$far" -t 100; }

header
run 'responder, loopback' loopback
run 'responder, veth' veth
