#!/usr/bin/env bash
# Requests that are refused, each of which might be logged. See ../README.md.
#
#   refused.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

end=$' HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'

path() { http_attack connections=16 count=8240 pause=0 "head=GET /a/../$(printf 'a%.0s' $(seq 7000))$end"; }

method() { http_attack connections=16 count=8240 pause=0 "head=GET /send$end"; }

header
run 'refused, path' path
run 'refused, method' method
