# Listens at all addresses, always at port 1900. It knows the devices that others tell it.
{
	until [ -S sock ]; do sleep 0.02; done
	printf '\004\017upnp:rootdevice\030uuid:1::upnp:rootdevice0\020sim/1 UPnP/1.1 s\031http://192.0.2.2:80/d.xml' |
		socat -t 1 - UNIX-CONNECT:sock
} &
exec "$PROGRAM" -d -i "$ADDRESS" -s "$PWD/sock" -p "$PWD/pid"
