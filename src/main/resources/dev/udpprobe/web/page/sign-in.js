// Whoever has signed in comes back to the view whose address they had: a form forgets what is behind the # of an address.

const KEY = 'udp-probe.back'

try {
	if (location.hash) sessionStorage.setItem(KEY, location.hash)
} catch {
	// The list of targets will do.
}
