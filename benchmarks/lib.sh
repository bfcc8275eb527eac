# Sourced by the scripts beside it. Builds, starts servers in the background, and ends at
# exit those that it started, and only those.
# shellcheck shell=bash

set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=

cleanup() {
	for pid in $pids; do
		kill "$pid" 2>/dev/null || true
	done
	for pid in $pids; do
		wait "$pid" 2>/dev/null || true
	done
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need() {
	command -v "$1" >/dev/null || {
		echo "$1 is missing; on Debian: apt-get install $2" >&2
		exit 1
	}
}

# Makes target/java, which starts JDK 25 with the product and the benchmarks on its class path.
build_java() {
	"$here/../mvnw" -q -B -f "$here/pom.xml" process-classes >&2
}

build_c() {
	need make make
	need cc gcc
	make -s -C "$here/c"
}

# start NAME COMMAND...: its output goes to $work/NAME, which is there at once, its pid to $started
start() {
	name=$1
	shift
	: >"$work/$name"
	"$@" >"$work/$name" 2>&1 &
	started=$!
	pids="$pids $started"
}

# port_of NAME PATTERN: waits until the output has PATTERN and a number, and sets $port to that; not
# for longer than START_SECONDS
port_of() {
	for _ in $(seq $((10 * ${START_SECONDS:-30}))); do
		port=$(sed -n "s/.*$2 \([0-9][0-9]*\).*/\1/p" "$work/$1" | head -n 1)
		[ -z "$port" ] || return 0
		kill -0 "$started" 2>/dev/null || break
		sleep 0.1
	done
	echo "$1 has not started:" >&2
	cat "$work/$1" >&2
	exit 1
}

# start_probe NAME [COMMAND...]: the whole application, by the command if there is one, such as
# taskset -c CPU, on free ports; the echo server of the loopback or of $probe_address, which may
# be empty for all; at $probe_echo_port, if it is set. With the JVM options in $java_options and the arguments in $probe_arguments,
# none of which has a space in it. $probe_program, if it is set, is a jar: "-jar FILE".
start_probe() {
	name=$1
	shift
	# shellcheck disable=SC2086
	start "$name" "$@" "$here/target/java" ${java_options-} ${probe_program:-dev.udpprobe.UdpProbeApplication} \
		--server.address=127.0.0.1 --server.port=0 \
		--udp-probe.echo.address="${probe_address-127.0.0.1}" --udp-probe.echo.port="${probe_echo_port-0}" ${probe_arguments-}
}

# jdk COMMAND...: of the JDK that runs the product
jdk() {
	tool=$1
	shift
	"$(sed -n "s|^exec '\(.*\)/java'.*|\1|p" "$here/target/java")/$tool" "$@"
}

# value KEY: of the key=value pairs on standard input
value() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p"; }

# metric FILE NAME: the sum of all that are called that, label or not, of a file of Prometheus
metric() {
	awk -v name="$2" '{ split($1, id, "{") } id[1] == name { sum += $2 } END { printf "%.0f\n", sum }' "$1"
}

# live_heap PID: bytes of the objects that a full collection leaves
live_heap() { jdk jcmd "$1" GC.class_histogram | awk '$1 == "Total" { print $3 }'; }

# status PID FIELD: of /proc/PID/status
status() { awk -v field="$2:" '$1 == field { print $2 }' "/proc/$1/status"; }

# ticks PID: CPU time of a process so far
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

# median: of the numbers on standard input, one a line
median() {
	sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

# write_post: $work/post.lua, with which wrk posts a message as a form
write_post() {
	cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.body = "message=hello"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
LUA
}

# A port below the ephemeral ones that nobody has now.
free_port() {
	while candidate=$((20000 + RANDOM % 10000)) && ss -Hltun | grep -q ":$candidate "; do :; done
	echo "$candidate"
}

# start_unbound NAME: a DNS server that knows the address of NAME, which is below example.test; sets $dns to its port
start_unbound() {
	dns=$(free_port)
	cat >"$work/unbound.conf" <<-CONF
		server:
		  interface: 127.0.0.1
		  port: $dns
		  do-tcp: no
		  do-daemonize: no
		  username: ""
		  chroot: ""
		  directory: "$work"
		  pidfile: ""
		  use-syslog: no
		  local-zone: "example.test." static
		  local-data: "$1. A 192.0.2.7"
		remote-control:
		  control-enable: no
	CONF
	# AppArmor knows it by its path, and lets it read the configuration of the system alone.
	cp "$(command -v unbound)" "$work/unbound-copy"
	start unbound "$work/unbound-copy" -d -c "$work/unbound.conf"
}

# start_exporter MODULE NAME [COMMAND]...: blackbox_exporter with a module that asks for the address of NAME, started by
# COMMAND; sets $exporter_port, and $exporter to its process
start_exporter() {
	exporter_port=$(free_port)
	cat >"$work/blackbox.yml" <<-CONF
		modules:
		  $1:
		    prober: dns
		    timeout: 1s
		    dns:
		      transport_protocol: udp
		      preferred_ip_protocol: ip4
		      query_name: $2
		      query_type: A
	CONF
	start exporter "${@:3}" prometheus-blackbox-exporter --config.file="$work/blackbox.yml" \
		--web.listen-address="127.0.0.1:$exporter_port" --log.level=error
	# shellcheck disable=SC2154 # start sets it
	exporter=$started
}
