#!/usr/bin/env bash
# Requests per second of POST /send and GET /probe with accounts beside those without, in one run: by a token, by a password and
# by a session; and what 10,000 wrong tokens do to the service and to others. See README.md.
. "$(dirname "$0")/lib.sh"

connections=${CONNECTIONS:-16}
rounds=${ROUNDS:-5}
wrong=${WRONG:-10000}
# A jar of the service, such as that of an earlier commit, which is measured as "before".
before_jar=${BEFORE:-}

need wrk wrk
need hey hey
need curl curl
need openssl openssl
build_java

token=$(openssl rand -hex 32)
# Of the word secret, with a cost of 10.
hash='$2a$10$9NCBai0UnVlYWE.YHYLi8e0u0eS4bS2HRCODhnSDJANC1DeCPIE7W'
cat >"$work/accounts.yaml" <<CONF
- {name: program, rights: [ask], token: 'sha256:$(printf %s "$token" | sha256sum | cut -c-64)'}
- {name: person, rights: [ask], password: '$hash'}
CONF
common="--udp-probe.client.destination-datagrams-per-second=0"
probe_arguments=$common
start_probe open
port_of open "Tomcat started on port"
open_port=$port
if [ -n "$before_jar" ]; then
	probe_program="-jar $before_jar" start_probe earlier
	port_of earlier "Tomcat started on port"
	before_port=$port
fi
probe_arguments="$common --udp-probe.security.account-files=$work/accounts.yaml"
start_probe closed
closed=$started
port_of closed "Tomcat started on port"
closed_port=$port
curl -fsS -o /dev/null -c "$work/cookies" -H "Origin: http://127.0.0.1:$closed_port" -d name=person -d password=secret \
	"http://127.0.0.1:$closed_port/sign-in"
session=$(awk '/udp-probe-session/ { print $7 }' "$work/cookies")

# script NAME METHOD HEADER: what wrk sends
script() {
	cat >"$work/$1-$2.lua" <<-LUA
		wrk.method = "$2"
		wrk.headers["$(cut -d: -f1 <<<"$3")"] = "$(cut -d: -f2- <<<"$3" | sed 's/^ //')"
		if wrk.method == "POST" then
			wrk.body = "message=hello"
			wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
			wrk.headers["Origin"] = "http://127.0.0.1:$closed_port"
		else
			wrk.headers["Referer"] = "http://127.0.0.1:$closed_port"
		end
	LUA
}
for method in POST GET; do
	script open "$method" "X-Nothing: 1"
	script before "$method" "X-Nothing: 1"
	script token "$method" "Authorization: Bearer $token"
	script password "$method" "Authorization: Basic $(printf person:secret | base64)"
	script session "$method" "Cookie: udp-probe-session=$session"
done

# load KIND METHOD SECONDS: sets $rate
load() {
	at=$closed_port
	case $1 in
		open) at=$open_port ;;
		before) at=$before_port ;;
	esac
	path=/send
	[ "$2" = POST ] || path="/probe?target=echo&module=echo"
	# The origin that a page of the open service would have.
	sed -i "s|127.0.0.1:[0-9]*\"|127.0.0.1:$at\"|" "$work/$1-$2.lua"
	wrk -t 1 -c "$connections" -d "$3s" -s "$work/$1-$2.lua" "http://127.0.0.1:$at$path" >"$work/wrk"
	if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2; then
		echo "$1 $2 failed" >&2
		exit 1
	fi
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
}

kinds="token password session${before_jar:+ before}"
for method in POST GET; do
	for _ in 1 2 3; do
		for kind in open $kinds; do load "$kind" "$method" 3; done
	done
	for _ in $(seq "$rounds"); do
		for kind in $kinds; do
			load open "$method" 2
			open=$rate
			load "$kind" "$method" 2
			awk -v a="$rate" -v b="$open" 'BEGIN { print a / b }' >>"$work/$kind-$method.ratio"
		done
	done
done
echo "requests per second beside those without accounts, $connections connections, medians of $rounds rounds"
printf '%-12s %12s %12s\n' '' 'POST /send' 'GET /probe'
for kind in $kinds; do
	printf '%-12s %12.2f %12.2f\n' "$kind" "$(median <"$work/$kind-POST.ratio")" "$(median <"$work/$kind-GET.ratio")"
done

# honest FILE: 2,000 requests of somebody with a token, 200 a second; prints their median and their 99th percentile in ms
honest() {
	hey -n 2000 -c 1 -q 200 -m POST -T application/x-www-form-urlencoded -d message=hello -H "Authorization: Bearer $token" \
		"http://127.0.0.1:$closed_port/send" >"$work/$1"
	awk '$1 == "50%" { a = $3 * 1000 } $1 == "99%" { b = $3 * 1000 } END { printf "%.2f %.2f", a, b }' "$work/$1"
}
before_heap=$(live_heap "$closed")
before=$(honest before)
hey -n "$wrong" -c 10 -q 100 -H "Authorization: Bearer $(openssl rand -hex 32)" "http://127.0.0.1:$closed_port/targets" \
	>"$work/wrong" &
attack=$!
meanwhile=$(honest meanwhile)
wait "$attack"
after=$(honest after)
echo
echo "$wrong wrong tokens, 1,000 a second: $(sed -n 's/^ *\[\([0-9]*\)\]\t*\([0-9]*\) responses/\2 with \1/p' "$work/wrong" | paste -sd,)"
printf '%-12s %10s %10s\n' '/send, ms' median p99
# shellcheck disable=SC2086
printf '%-12s %10s %10s\n' before $before meanwhile $meanwhile after $after
printf 'live heap: %.2f MB before, %.2f MB after\n' "$(awk "BEGIN { print $before_heap / 1e6 }")" \
	"$(awk "BEGIN { print $(live_heap "$closed") / 1e6 }")"
