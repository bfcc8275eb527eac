// The command that does the same in a terminal: for a question that is asked twice, the first one.

import {html} from './lit-html/lit-html.js'
import {params} from './route.js'

/** What a terminal would take for a key that was pressed is written in its digits (bash, zsh, ksh). */
function quoted(text) {
	if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text
	if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`
	return `$'${text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'))}'`
}

/** @param request {query: fields of the address, body: fields of a form; without it, it is a GET} */
function command(path, {query = {}, body} = {}) {
	const search = String(params(query))
	const fields = body ? [...params(body)].map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`
		.replace(/^--data-urlencode ([A-Za-z0-9_.=:/-]+)$/, '-d $1')) : []
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
		document.execCommand('copy')
	}
	button.textContent = 'Copied'
	setTimeout(() => button.textContent = 'Copy', 1_500)
}
