#!/usr/bin/env bash
# Start, memory and throughput of the container image beside those of plain java -jar. See README.md.
. "$(dirname "$0")/lib.sh"

image=${IMAGE:-localhost/udp-probe}
rounds=${ROUNDS:-5}
http_port=${HTTP_PORT:-18080}
udp_port=${UDP_PORT:-17007}
container=udp-probe-benchmark-$$

need podman podman
need wrk wrk
write_post
build_c
build_java
"$here/../mvnw" -q -B -f "$here/../pom.xml" -DskipTests package >&2
jar=$(ls "$here"/../target/udp-probe-*.jar)
jdk=$(sed -n "s|^exec '\(.*\)/bin/java'.*|\1|p" "$here/target/java")

run_container() {
	podman run --detach --name "$container" --pull=never --runtime runc --network host --read-only --read-only-tmpfs=false \
		--cap-drop ALL --security-opt no-new-privileges --ulimit nofile=20000:20000 --ulimit nproc=10000:10000 --memory 256m \
		--env SERVER_PORT="$http_port" --env UDPPROBE_ECHO_PORT="$udp_port" --env SERVER_ADDRESS=127.0.0.1 \
		--env UDPPROBE_ECHO_ADDRESS=127.0.0.1 "$@" >/dev/null
	started=$(podman inspect --format '{{.State.Pid}}' "$container")
}

# launch VARIANT: starts it and sets $started
launch() {
	case $1 in
	java-jar)
		start "$1" env SERVER_PORT="$http_port" UDPPROBE_ECHO_PORT="$udp_port" SERVER_ADDRESS=127.0.0.1 \
			UDPPROBE_ECHO_ADDRESS=127.0.0.1 "$jdk/bin/java" -jar "$jar"
		;;
	java-jar-256m)
		run_container --volume "$jdk:$jdk:ro" --volume "$jar:/app.jar:ro" --tmpfs /tmp --entrypoint "$jdk/bin/java" \
			"$image" -jar /app.jar
		;;
	image) run_container "$image" ;;
	*) run_container --env JAVA_TOOL_OPTIONS="$1" "$image" ;;
	esac
}

halt() {
	kill "$started" 2>/dev/null || true
	if podman container exists "$container"; then
		podman stop "$container" >/dev/null
		podman rm "$container" >/dev/null
	else
		wait "$started" || true
		pids=
	fi
}
trap 'podman rm --force --ignore "$container" >/dev/null; cleanup' EXIT

# memory FIELD: in MiB
memory() { awk -v field="$1:" '$1 == field { print int($2 / 1024) }' "/proc/$started/smaps_rollup"; }

echoes() {
	"$here/c/build/load" "$udp_port" -s 64 -w 128 -d "$1" -u 0 | sed -n 's/.*echoes_per_second=\([^ ]*\) .*/\1/p'
}

sends() {
	wrk -t 1 -c 16 -d "$1s" -s "$work/post.lua" "http://127.0.0.1:$http_port/send" | awk '/^Requests\/sec/ { print $2 }'
}

# once VARIANT: one line of figures
once() {
	begin=$(date +%s%N)
	launch "$1"
	until curl -fs -o /dev/null "http://127.0.0.1:$http_port/actuator/health/readiness"; do sleep 0.01; done
	printf '%s ' $((($(date +%s%N) - begin) / 1000000))
	sed 's/.*) //' "/proc/$started/stat" | awk -v hz="$(getconf CLK_TCK)" '{ printf "%d ", ($12 + $13) * 1000 / hz }'
	echoes 3 >/dev/null
	printf '%s %s ' "$(memory Rss)" "$(memory Anonymous)"
	sends 4 >/dev/null
	printf '%s ' "$(echoes 2)"
	printf '%s ' "$(sends 3)"
	printf '%s %s\n' "$(memory Rss)" "$(memory Anonymous)"
	halt
}

variants=(java-jar java-jar-256m image "$@")
for _ in $(seq "$rounds"); do
	for index in "${!variants[@]}"; do once "${variants[index]}" >>"$work/result.$index"; done
done

echo "medians of $rounds rounds; memory in MiB after 3 s of echoes, and after a load of HTTP"
printf '%9s %9s %7s %9s %9s %9s %7s %9s\n' start-ms CPU-ms RSS anonymous echoes/s sends/s RSS anonymous
for index in "${!variants[@]}"; do
	for column in 1:9 2:9 3:7 4:9 5:9 6:9 7:7 8:9; do
		printf "%${column#*:}.0f " "$(cut -d ' ' -f "${column%:*}" "$work/result.$index" | median)"
	done
	printf ' %s\n' "${variants[index]}"
done
