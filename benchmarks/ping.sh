#!/usr/bin/env bash
# POST /ping beside ping, irtt and sockperf: what each tells of the same path, and how well each keeps its times. See
# README.md.
. "$(dirname "$0")/lib.sh"

count=${COUNT:-300}
interval_ms=${INTERVAL_MS:-10}
paced=${PACED:-10000}
client=udp-probe-client-$$
server=udp-probe-server-$$
# In microseconds, unless it says something else.
delay=20000
jitter=4000
short_delay=5000
hold=35000
size=40
tools='/ping ping irtt sockperf'

need ip iproute2
need nft nftables
need jq jq
need curl curl
need ping iputils-ping
need irtt irtt
need sockperf sockperf
need tshark tshark
build_c
build_java

trap 'cleanup; ip netns del "$client" 2>/dev/null || true; ip netns del "$server" 2>/dev/null || true' EXIT
ip netns add "$client"
ip netns add "$server"
ip -n "$client" link set lo up
ip -n "$server" link set lo up
ip -n "$client" link add near type veth peer name far netns "$server"

# wire up near and far, with addresses that end in 1 and 2, and no packet of their own
address() {
	ip -n "$client" link set near addrgenmode none
	ip -n "$server" link set far addrgenmode none
	ip -n "$client" address add "$1.1/24" dev near
	ip -n "$server" address add "$1.2/24" dev far
	ip -n "$client" link set near up
	ip -n "$server" link set far up
	to=$1.2
}
address 192.0.2

# halt PID [SIGNAL]: what $pids has then is ours no more
halt() {
	kill -s "${2:-TERM}" "$1"
	wait "$1" || true
	pids=" $pids "
	pids=${pids/ $1 / }
}

# ready NAME PATTERN: waits until the output has it
ready() {
	for _ in $(seq 100); do
		! grep -q "$2" "$work/$1" || return 0
		sleep 0.1
	done
	cat "$work/$1" >&2
	exit 1
}

start echo ip netns exec "$server" "$here/c/build/echo" -a 0.0.0.0 7
start irtt-server ip netns exec "$server" irtt server -i 0 -b 0.0.0.0:2112
start sockperf-server ip netns exec "$server" sockperf server -p 11111
probe_arguments='--udp-probe.echo.enabled=false --udp-probe.client.allowed-targets=0.0.0.0/0'
start_probe service ip netns exec "$client"
port_of service "Tomcat started on port"

in_seconds() { awk -v n="$1" -v millis="$2" 'BEGIN { printf "%.3f", n * millis / 1000 }'; }

# ask COUNT MILLIS: POST /ping, into $work/lines
ask() {
	ip netns exec "$client" curl -fsN -o "$work/lines" "http://127.0.0.1:$port/ping" -d "target=$to:7" -d "count=$1" \
		-d "interval=$2ms" -d "size=$size" -d timeout=1s
}

# run TOOL COUNT MILLIS: its own output in $work/TOOL or a file that it is told
run() {
	case $1 in
	/ping) ask "$2" "$3" ;;
	ping) ip netns exec "$client" ping -n -c "$2" -i "$(in_seconds 1 "$3")" -s "$size" -W 1 "$to" >"$work/ping" || true ;;
	irtt) ip netns exec "$client" irtt client -Q -i "$3ms" -d "$(($2 * $3))ms" -l "$size" --stats=none --tstamp=none \
		-o "$work/irtt.json" "$to:2112" ;;
	# Its first 400 ms are a warm-up.
	sockperf) ip netns exec "$client" sockperf under-load -i "$to" -p 11111 -m "$size" --mps=$((1000 / $3)) \
		-t $((($2 * $3 + 999) / 1000)) --reply-every=1 --full-rtt --full-log "$work/sockperf.csv" >"$work/sockperf" 2>&1 ;;
	esac
}

# trips: of lines with a number and microseconds, in the order of arrival: how many, min, median, mean, p99, max, jitter
# (RFC 3550), and how many came after a later one (RFC 4737)
trips() {
	awk '
		$1 < expected { reordered++ }
		$1 >= expected { expected = $1 + 1 }
		{
			if (n > 0) jitter += (($2 > last ? $2 - last : last - $2) - jitter) / 16
			last = $2; sum += $2; n++; print $2 | "sort -n"
		}
		END {
			close("sort -n")
			printf "%d %.1f %.1f %d\n", n, n ? sum / n : 0, jitter, reordered
		}' | awk '
		NF == 1 { a[NR] = $1; m = NR; next }
		m == 0 { print "0 - - - - - - 0"; next }
		{
			median = a[int((m + 1) / 2)]; p99 = a[int((99 * m + 99) / 100)]
			printf "%d %.0f %.0f %.0f %.0f %.0f %.0f %d\n", $1, a[1], median, $2, p99, a[m], $3, $4
		}'
}

# told TOOL: sent, received, duplicates, reordered, min, median, mean, p99, max, jitter, as the tool tells them; what it
# does not tell is from the round trips that it tells, and reordered is then in brackets
told() {
	case $1 in
	/ping) tail -n 1 "$work/lines" | jq -r '.roundTripMicros as $t | [.sent, .received, .duplicates, .reordered, ($t.min,
		$t.median, $t.mean, $t.p99, $t.max, .jitterMicros | round)] | join(" ")' ;;
	ping)
		read -r _ min median mean p99 max jitter late <<<"$(sed -n '/DUP!/d
			s/.*icmp_seq=\([0-9]*\) .*time=\([0-9.]*\) ms.*/\1 \2/p' "$work/ping" | awk '{ print $1, $2 * 1000 }' | trips)"
		awk -F '[ ,]+' -v rest="($late) $min $median $mean $p99 $max $jitter" '/packets transmitted/ {
			for (i = 1; i <= NF; i++) if ($i ~ /^\+/ && $(i + 1) == "duplicates") twice = substr($i, 2)
			print $1, $4, twice + 0, rest }' "$work/ping"
		;;
	irtt)
		read -r _ min median mean p99 max jitter _ <<<"$(jq -r '[.round_trips[] | select(.lost == "false")]
			| sort_by(.timestamps.client.receive.monotonic)[] | "\(.seqno) \(.delay.rtt / 1000)"' "$work/irtt.json" | trips)"
		jq -r --arg rest "$min $median $mean $p99 $max $jitter" '.stats
			| "\(.packets_sent) \(.packets_received - .duplicates) \(.duplicates) \(.late_packets) \($rest)"' "$work/irtt.json"
		;;
	sockperf)
		read -r _ min median mean p99 max jitter _ <<<"$(grep '^[0-9]' "$work/sockperf.csv" | sort -t , -k 3,3n |
			awk -F ', *' '{ print $1, $4 }' | trips)"
		sent=$(sed -n 's/.*\[Valid Duration\].*SentMessages=\([0-9]*\); .*/\1/p' "$work/sockperf")
		sed -n 's/.*# dropped messages = \([0-9]*\); .* = \([0-9]*\); .* = \([0-9]*\).*/\1 \2 \3/p' "$work/sockperf" |
			awk -v sent="$sent" -v rest="$min $median $mean $p99 $max $jitter" '{ print sent, sent - $1, $2, $3, rest }'
		;;
	esac
}

row='%-9s %-9s %6s %9s %7s %11s %10s %8s %8s %8s %8s %8s %8s  %s\n'

# tell CONDITION TOOL WAY
tell() {
	read -r sent received twice late times <<<"$(told "$2")"
	# shellcheck disable=SC2059,SC2086
	printf "$row" "$1" "$2" "$sent" "$received" \
		"$(awk -v s="$sent" -v r="$received" 'BEGIN { printf "%.1f", s ? 100 * (s - r) / s : 0 }')" "$twice" "$late" $times "$3"
}

# Compiled first, as a service is that runs.
ask 2000 1

echo "round trips in microseconds; in brackets: counted here, from what the tool tells of each reply"
# shellcheck disable=SC2059
printf "$row" path tool sent received 'lost %' duplicates reordered min median mean p99 max jitter 'done on the way'
for tool in $tools; do
	run "$tool" "$count" "$interval_ms"
	tell clean "$tool" nothing
done

# A new rule and counter for each.
for tool in $tools; do
	ip netns exec "$server" nft -f - <<'NFT'
flush ruleset
table inet loss {
	counter lost { }
	chain input {
		type filter hook prerouting priority 0
		numgen random mod 10 == 0 counter name lost drop
	}
}
NFT
	run "$tool" "$count" "$interval_ms"
	tell loss "$tool" "$(ip netns exec "$server" nft list counter inet loss lost | sed -n 's/.*packets \([0-9]*\) .*/\1 dropped/p')"
done
ip netns exec "$server" nft flush ruleset

# pace TOOL: departures at the client's device, beside when they were to be
pace() {
	start capture ip netns exec "$client" dumpcap -q -i near -f "src host 192.0.2.1" -w "$work/pcap"
	ready capture '^File:'
	run "$1" "$paced" 1
	sleep 1
	halt "$started" INT
	# Neither what opens a session nor what ends it, and not the first half second.
	tshark -r "$work/pcap" -T fields -e frame.time_relative -e frame.len 2>/dev/null | awk '
		{ time[NR] = $1; len[NR] = $2; if (++seen[$2] > seen[common]) common = $2 }
		END { for (i = 1; i <= NR; i++) if (len[i] == common && time[i] > 0.5) printf "%.1f\n", time[i] * 1e6 }' >"$work/left"
	phase=$(awk '{ print $1 - NR * 1000 }' "$work/left" | median)
	awk -v phase="$phase" '{ d = $1 - NR * 1000 - phase; print d < 0 ? -d : d }' "$work/left" | percentiles >"$work/off"
	awk 'NR > 1 { d = $1 - last - 1000; print d < 0 ? -d : d } { last = $1 }' "$work/left" | percentiles >"$work/apart"
	# shellcheck disable=SC2046
	printf '%-9s %6d %9s %9s %9s %11s %9s %9s\n' "$1" $(wc -l <"$work/left") $(cat "$work/off") $(cat "$work/apart")
}

percentiles() {
	sort -n | awk '{ a[NR] = $1 }
		END { if (NR) printf "%.0f %.0f %.0f\n", a[int((NR + 1) / 2)], a[int((99 * NR + 99) / 100)], a[NR] }'
}

# wire CONDITION OPTIONS...: a slow path instead of the fast one, for each tool a new one, so that it counts anew
wire() {
	condition=$1
	shift
	for tool in $tools; do
		ip -n "$client" link del near 2>/dev/null || true
		start wire "$here/c/build/delay" "$@" "$client" near "$server" far
		wire=$started
		ready wire ready
		address 198.51.100
		run "$tool" "$count" "$interval_ms"
		halt "$wire"
		tell "$condition" "$tool" "$(value twice <"$work/wire") doubled, $(value held <"$work/wire") held back"
	done
}

pacing=$(
	# The table of these comes last, but the path is there now.
	for tool in $tools; do pace "$tool"; done
)
wire delay -d "$delay" -j "$jitter"
wire disorder -d "$short_delay" -2 11 -h 23 -H "$hold"

echo
echo "1,000 per second: microseconds between the time of a datagram and its departure (off), and by which two that leave one"
echo "after the other are not 1 ms apart (apart)"
printf '%-9s %6s %9s %9s %9s %11s %9s %9s\n' tool left 'off: p50' p99 max 'apart: p50' p99 max
echo "$pacing"
