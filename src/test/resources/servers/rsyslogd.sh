# Writes to the file lines what it receives: facility and severity, program, message.
cat >conf <<END
global(workDirectory="$PWD")
module(load="imudp")
input(type="imudp" address="$ADDRESS" port="$PORT")
template(name="line" type="string" string="%pri-text% %app-name% %msg%\\n")
$CONFIGURATION action(type="omfile" file="$PWD/lines" template="line")
END
exec "$PROGRAM" -n -i NONE -f conf
