// Addresses of views: #/targets?state=down, #/targets/dns, #/ask?target=dns, #/echo.

/** @returns {{path: string[], query: URLSearchParams}} what an address asks for */
export function parse(hash) {
	const [path, query] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
	return {path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query ?? '')}
}

function decoded(text) {
	try {
		return decodeURIComponent(text)
	} catch {
		return text
	}
}

/** @param query names and values; those without a value are left out, and of a list each is one */
export function link(path, query = {}) {
	const text = params(query).toString()
	return '#/' + path.map(encodeURIComponent).join('/') + (text ? '?' + text : '')
}

export function params(query) {
	const made = new URLSearchParams()
	for (const [name, value] of Object.entries(query)) {
		for (const one of [value].flat()) {
			if (one !== undefined && one !== null && one !== '') made.append(name, one)
		}
	}
	return made
}

/** Browsers ignore whoever writes the address more often than some hundred times in half a minute. */
const WRITE_MILLIS = 500

/** Where whoever signs in was before, as that page keeps it. */
const BACK = 'udp-probe.back'

let address = location.hash || back()

function back() {
	try {
		const hash = sessionStorage.getItem(BACK) ?? ''
		sessionStorage.removeItem(BACK)
		return hash
	} catch {
		return ''
	}
}

/** What the browser has, unless it has gone elsewhere and is about to say so. */
let written = address
if (address !== location.hash) history.replaceState(null, '', address)
let writtenAt = -WRITE_MILLIS
let timer
let moved = () => {}

/** @returns the address that is shown, which the browser may have a moment later */
export const here = () => address

/** @param listener is told whenever there is another one */
export function follow(listener) {
	moved = listener
	addEventListener('hashchange', () => {
		clearTimeout(timer)
		address = written = location.hash
		moved()
	})
	// Whoever goes elsewhere comes back to what was there last.
	addEventListener('click', write, {capture: true})
}

/** Goes there, even from there. */
export function go(hash) {
	if (location.hash === hash) moved()
	else location.hash = hash
}

/** Goes there as if it had always been there, so that typing leaves no trail. */
export function replace(hash) {
	if (address === hash) return
	address = hash
	clearTimeout(timer)
	timer = setTimeout(write, Math.max(0, writtenAt + WRITE_MILLIS - performance.now()))
	moved()
}

function write() {
	clearTimeout(timer)
	if (address === written || location.hash !== written) return
	history.replaceState(null, '', address)
	written = location.hash
	writtenAt = performance.now()
}
