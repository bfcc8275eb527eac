cat >lan <<END
name "sim"
startlan 1
addr $ADDRESS $PORT
priv_limit admin
guid a123456789abcdefa123456789abcdef
endlan
END
cat >commands <<END
mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
mc_enable 0x20
END
mkdir -p state
exec "$PROGRAM" -n -c lan -f commands -s "$PWD/state"
