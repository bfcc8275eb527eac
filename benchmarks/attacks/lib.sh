# Sourced by the scripts beside it. Starts the service as the image does, in a network namespace, with
# a veth pair to another one for whoever is not on its loopback, and prints what an attack does to it.
#
# BEFORE is a jar that is attacked first; NOW is one that is attacked instead of the service that is
# compiled here. DURATION is how many seconds each attack takes. NOW_OPTIONS are server options that
# the jar of BEFORE does not know, and LIVEZ_PORT is that of /livez where they give it one of its own.
# HEADER=no leaves out the table's header. BUILT=yes takes what has been built.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

duration=${DURATION:-15}
before_jar=${BEFORE:-}
now_jar=${NOW:-}
image_flags="-XX:Flags=$here/../src/docker/jvm.flags -Xmx90m"
server_options="--server.tomcat.max-connections=200 $*"
# All, because both the loopback and the veth pair lead to it.
probe_address=
near=192.0.2.1
far=192.0.2.2
# Behind $near, which swallows what goes there: a source that is forged, and the victim says nothing.
# shellcheck disable=SC2034 # for exclusive.sh
silent=198.51.100.7
rows=attack
columns='process|livez of probes|resident MiB max|live heap MiB|send p50 ms|p99|max|failed|echo p50 us|p99|lost|late|wrong|log lines|KiB|HTTP connections|seen'
# Whether the honest client sends over HTTP, and where the echo client finds the server; none: nowhere.
sends=true
echo_to=127.0.0.1

need ip iproute2
need curl curl
if [ "${BUILT:-no}" = no ]; then
	build_c
	build_java
fi

end_lab() {
	[ -n "${ATTACKED-}" ] || [ -z "${pid-}" ] || halt "$pid"
	cleanup
	[ -n "${ATTACKED-}" ] || for namespace in "$client" "$server"; do ip netns del "$namespace" 2>/dev/null || true; done
}

lab() {
	client=udp-probe-attacker-$$
	server=udp-probe-attacked-$$
	trap end_lab EXIT
	ip netns add "$client"
	ip netns add "$server"
	ip -n "$client" link add near type veth peer name far netns "$server"
	for namespace in "$client" "$server"; do ip -n "$namespace" link set lo up; done
	ip -n "$client" address add "$near/24" dev near
	ip -n "$server" address add "$far/24" dev far
	ip -n "$client" link set near up
	ip -n "$server" link set far up
	ip -n "$client" route add blackhole 198.51.100.0/24
	ip -n "$server" route add 198.51.100.0/24 via "$near"
}

beside_server() { ip netns exec "$server" "$@"; }

# launch STATE: before or now; sets $pid, $http_port, $livez_port, $udp_port and $log
launch() {
	probe_program="-jar $before_jar"
	livez=
	java_options="$image_flags ${JAVA_OPTIONS-}"
	probe_arguments=$server_options
	if [ "$1" = now ]; then
		probe_program=${now_jar:+-jar $now_jar}
		probe_arguments="$server_options ${NOW_OPTIONS-}"
		livez=${LIVEZ_PORT-}
	fi
	start_probe "service.$1" ip netns exec "$server"
	pid=$started
	log=$work/service.$1
	port_of "service.$1" 'Tomcat started on ports\{0,1\}'
	http_port=$port
	livez_port=${livez:-$port}
	port_of "service.$1" "UDP port"
	udp_port=$port
}

# halt PID: by force if it takes long, as one that is out of memory may; what $pids has then is ours no
# more; sets $status
halt() {
	kill "$1" 2>/dev/null || true
	for _ in $(seq 400); do
		kill -0 "$1" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL "$1" 2>/dev/null || true
	status=0
	wait "$1" 2>/dev/null || status=$?
	pids=" $pids "
	pids=${pids/ $1 / }
}

# http_attack KEY=VALUE...: see HttpAttack; to be waited for by $attackers
http_attack() {
	start "attacker.$RANDOM" ip netns exec "$server" "$here/target/java" -Xmx256m \
		dev.udpprobe.benchmarks.HttpAttack "port=$http_port" "seconds=$duration" "$@"
	attackers="$attackers $started"
	outputs="$outputs $work/$name"
}

# scrape: the meters, into $work/metrics
scrape() { beside_server curl -fs -m 5 "http://127.0.0.1:$http_port/actuator/prometheus" >"$work/metrics"; }

# accounts: received less what became of it, and what was dropped, by reason; at rest
accounts() {
	scrape
	echo "received - replied - farewells - dropped = $(($(metric "$work/metrics" udp_echo_datagrams_received_total) - \
		$(metric "$work/metrics" udp_echo_datagrams_sent_total) - $(metric "$work/metrics" udp_echo_farewells_total) - \
		$(metric "$work/metrics" udp_echo_datagrams_dropped_total)));" \
		"dropped: $(sed -n 's/^udp_echo_datagrams_dropped_total{.*reason="\([^"]*\)".*} \(.*\)/\1 \2/p' "$work/metrics" |
			awk '$2 > 0 { printf "%s%s:%.0f", n++ ? "," : "", $1, $2 } END { if (n == 0) printf "none" }')"
}

# kernel_drops: on the server's port, by the kernel's own tables
kernel_drops() {
	awk -v port="$(printf ':%04X' "$udp_port")" 'substr($2, length($2) - 4) == port { n += $NF } END { printf "%.0f\n", n }' \
		"/proc/$pid/net/udp" "/proc/$pid/net/udp6"
}

is_live() { beside_server curl -fs -m 5 -o "$work/livez" "http://127.0.0.1:$livez_port/livez"; }

echoes() { beside_server "$here/c/build/load" "$udp_port" -w 1 -d 1 -u 0 -t 1000 >"$work/echoes" 2>&1; }

# connections: that the process has on the HTTP port
connections() {
	awk -v port="$(printf ':%04X' "$http_port")" \
		'$4 == "01" && $10 != 0 && substr($2, length($2) - 4) == port { n++ } END { print n + 0 }' \
		<(beside_server cat /proc/net/tcp /proc/net/tcp6)
}

# became: what has become of the process
became() {
	if ! kill -0 "$pid" 2>/dev/null || grep -q '^State:.Z' "/proc/$pid/status"; then
		[ -n "${ATTACKED-}" ] || halt "$pid"
		echo "ended ${status-}"
	elif is_live; then
		echo alive
	elif [ "$echo_to" = none ] || echoes; then
		echo 'alive, no HTTP'
	else
		echo 'zombie: alive, no HTTP, no UDP'
	fi
}

# figure FILE KEY: "-" without one
figure() {
	found=$(value "$2" <"$1")
	echo "${found:--}"
}

# measure STATE ATTACK: one cell of the row a line, in $work/cells.STATE
measure() {
	attackers=
	outputs=
	seen=
	: >"$work/watch"
	: >"$work/echo"
	log_lines=$(wc -l <"$log")
	log_bytes=$(wc -c <"$log")
	# The peak of resident memory starts again (proc_pid_clear_refs(5)).
	echo 5 >"/proc/$pid/clear_refs"
	start watch ip netns exec "$server" "$here/target/java" -Xmx256m dev.udpprobe.benchmarks.Watch \
		"$pid" "$http_port" "$livez_port" "$((duration + 2))" "$sends"
	honest=$started
	if [ "$echo_to" != none ]; then
		start echo ip netns exec "$server" "$here/c/build/load" "$udp_port" -a "$echo_to" -w 1 -t 1000 -u 0 -d "$((duration + 2))"
		honest="$honest $started"
	fi
	sleep 1
	"$2"
	if [ -n "$attackers" ]; then
		sleep "$((duration - 1))"
		held=$(connections)
	else
		held=-
	fi
	# shellcheck disable=SC2086 # lists
	{
		for each in $attackers $honest; do wait "$each" || true; done
		for each in $attackers $honest; do pids=${pids/ $each/}; done
		seen="$seen$(cat $outputs </dev/null)"
	}
	sleep 1
	became=$(became)
	heap=-
	# long.sh looks at the heap by itself, in a way that does not stop the echo for as long.
	[ "$became" != alive ] || [ -n "${ATTACKED-}" ] || heap=$(awk -v bytes="$(live_heap "$pid")" 'BEGIN { printf "%.1f", bytes / 1048576 }')
	{
		echo "$became"
		echo "$(figure "$work/watch" livez) of $(($(figure "$work/watch" livez) + $(figure "$work/watch" livez_failed)))"
		figure "$work/watch" resident_KiB | awk '{ printf "%.0f\n", $1 / 1024 }'
		echo "$heap"
		for key in send_p50_ms send_p99_ms send_max_ms send_failed; do figure "$work/watch" "$key"; done
		for key in p50_us p99_us lost late wrong; do figure "$work/echo" "$key"; done
		echo $(($(wc -l <"$log") - log_lines))
		echo $((($(wc -c <"$log") - log_bytes) / 1024))
		echo "$held"
		echo "$seen"
	} >"$work/cells.$1"
}

# warm_up: as a service that has been up for a while
warm_up() {
	beside_server "$here/target/java" dev.udpprobe.benchmarks.Watch "$pid" "$http_port" "$livez_port" 3 "$sends" >"$work/warm"
	[ "$echo_to" = none ] || echoes
}

# header: of the table of $rows
header() {
	[ "${HEADER:-yes}" = yes ] || return 0
	dashes=${columns//[!|]/}
	echo "| $rows | ${columns//|/ | } |"
	echo "|---|---${dashes//|/|---}|"
}

# on_each_jar FUNCTION [ARGUMENTS]...: calls it as FUNCTION STATE [ARGUMENTS]... while the service runs
on_each_jar() {
	states="${before_jar:+before }now"
	if [ -n "${ATTACKED-}" ]; then
		# One that long.sh has started.
		read -r pid http_port livez_port udp_port log client server <<<"$ATTACKED"
		states=now
		kill -0 "$pid" 2>/dev/null || exit 1
		"$1" now "${@:2}"
		return
	fi
	[ -n "${client-}" ] || lab
	for state in $states; do
		launch "$state"
		warm_up
		"$1" "$state" "${@:2}"
		halt "$pid"
	done
}

# row NAME CELLS: of the table, from $work/CELLS.STATE, with "before / now" in each cell
row() {
	files=()
	for state in $states; do files+=("$work/$2.$state"); done
	paste -d '|' "${files[@]}" | awk -v name="$1" '{ sub(/\|/, " / "); row = row " | " $0 } END { print "| " name row " |" }'
}

# run NAME ATTACK: the attack, which is a function, on each jar in turn, and its row of the table
run() {
	on_each_jar measure "$2"
	row "$1" cells
}
