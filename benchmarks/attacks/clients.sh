#!/usr/bin/env bash
# Honest echo clients that a rule against loops might take for one: how much they get no reply to. See ../README.md.
#
# DURATION is that of each client, THINK the microseconds between an echo and what a window is filled
# with, and AT_ONCE=yes runs all clients at once.
#
#   clients.sh [SERVER OPTIONS]...
DURATION=${DURATION:-10}
. "$(dirname "$0")/lib.sh"

rows=client
columns='echoes|no reply|late|wrong|p50 us|p99|kernel drops'
names=('window 1' 'window 2' 'window 8' 'window 128' 'every 10 ms' 'every 1 ms' 'every 100 us')
options=('-w 1' '-w 2' '-w 8' '-w 128' '-r 100' '-r 1000' '-r 10000')

# ask CLIENT: its figures will be in $work/asked.CLIENT
ask() {
	# shellcheck disable=SC2086 # options
	start "asked.$1" ip netns exec "$server" "$here/c/build/load" "$udp_port" ${options[$1]} -t "${THINK:-0}" -u 0 -d "$duration"
	asked="$asked $started"
}

await_asked() {
	for each in $asked; do
		wait "$each" || true
		pids=${pids/ $each/}
	done
	asked=
}

# ask_all STATE: cells in $work/client.CLIENT.STATE, what the server says of it in $work/said.STATE
ask_all() {
	asked=
	for i in "${!names[@]}"; do
		kernel=$(kernel_drops)
		ask "$i"
		[ "${AT_ONCE:-no}" = no ] || continue
		await_asked
		echo $(($(kernel_drops) - kernel)) >"$work/kernel.$i"
	done
	await_asked
	for i in "${!names[@]}"; do
		{
			for key in echoes lost late wrong p50_us p99_us; do figure "$work/asked.$i" "$key"; done
			if [ "${AT_ONCE:-no}" = no ]; then cat "$work/kernel.$i"; else echo -; fi
		} >"$work/client.$i.$1"
	done
	[ -z "${ATTACKED-}" ] || return 0
	sleep 1
	echo "$1: $(accounts)" >"$work/said.$1"
}

header
on_each_jar ask_all
for i in "${!names[@]}"; do row "${names[$i]}" "client.$i"; done
for state in $states; do
	[ -n "${ATTACKED-}" ] || printf "\n%s\n" "$(cat "$work/said.$state")"
done
