cat >krb5.conf <<END
[libdefaults]
default_realm = EXAMPLE.TEST
dns_lookup_kdc = false
[realms]
EXAMPLE.TEST = {
}
END
cat >kdc.conf <<END
[kdcdefaults]
kdc_listen = $ADDRESS:$PORT
kdc_tcp_listen = ""
[realms]
EXAMPLE.TEST = {
database_name = $PWD/principal
key_stash_file = $PWD/stash
acl_file = $PWD/acl
}
[logging]
kdc = STDERR
END
export KRB5_CONFIG="$PWD/krb5.conf" KRB5_KDC_PROFILE="$PWD/kdc.conf"
[ -e principal ] || kdb5_util -r EXAMPLE.TEST create -s -P x
exec "$PROGRAM" -n -P "$PWD/pid"
