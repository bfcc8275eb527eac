// The command that does the same in a terminal: for a question that is asked twice, the first one.

import {html} from './lit-html/lit-html.js'
import {params} from './route.js'

const quoted = (text) => /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** What is not seen, or turns the direction of what follows. */
export const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** A terminal would take a control character for a key that was pressed, so a value with such ones is encoded already. */
function field(name, value) {
	if (HIDDEN.test(name + value)) return `-d ${quoted(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`)}`
	const text = quoted(`${name}=${value}`)
	return /^[A-Za-z0-9_.=:/-]+$/.test(text) ? `-d ${text}` : `--data-urlencode ${text}`
}

/** @param request {query: fields of the address, body: fields of a form; without it, it is a GET} */
function command(path, {query = {}, body} = {}) {
	const search = String(params(query))
	const fields = body ? [...params(body)].map(([name, value]) => field(name, value)) : []
	const url = location.origin + location.pathname.replace(/[^/]*$/, '') + path + (search ? '?' + search : '')
	// Without a field it is a POST as well.
	const data = body && fields.length === 0 ? ["-d ''"] : fields
	return ['curl', "-H 'Accept: text/plain'", ...data, quoted(url)].join(' ')
}

export const curl = (path, request) => {
	const text = command(path, request)
	return html`<div class="curl"><span class="dim">The same in a terminal</span><code tabindex="0">${text}</code><button
		@click=${(event) => copy(text, event.currentTarget)}>Copy</button></div>`
}

/** Browsers give their clipboard to pages that they trust alone; what is selected goes there from every page. */
async function copy(text, button) {
	try {
		await navigator.clipboard.writeText(text)
	} catch {
		getSelection().selectAllChildren(button.parentElement.querySelector('code'))
		if (!document.execCommand('copy')) return
	}
	button.textContent = 'Copied'
	setTimeout(() => button.textContent = 'Copy', 1_500)
}
