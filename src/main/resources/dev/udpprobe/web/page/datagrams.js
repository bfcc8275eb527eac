// What went out and came back, as text and in hexadecimal digits. All of it is a stranger's, and stays text.

import {html, nothing} from './lit-html/lit-html.js'
import {count, millis} from './format.js'

const WHAT = {sent: 'sent', answer: 'answer', part: 'part of the answer', stray: 'no answer to what was asked'}

/** On a phone, half as many. */
const perLine = () => innerWidth < 560 ? 8 : 16

/** @param answer of /send, with its datagrams */
export const datagrams = ({datagrams: list, icmp}) => !list?.length ? nothing : html`<div class="datagrams">${list.map((datagram) => html`
	<details class=${datagram.what} ?open=${list.length <= 2}>
		<summary><b>${datagram.what === 'sent' ? '→' : '←'} ${WHAT[datagram.what] ?? datagram.what}</b>
			<span class="dim">${count(datagram.bytes)} bytes, at ${millis(datagram.afterMicros)}</span></summary>
		${dump(datagram)}
	</details>`)}
	${icmp ? html`<p><b>← ICMP ${icmp.meaning.replaceAll('-', ' ')}</b> <span class="dim">type ${icmp.type}, code ${icmp.code}${icmp.reporter ? ` from ${icmp.reporter}` : ''}</span></p>` : nothing}
	<p class="dim">Times since the request was read, by the clock of the JVM.</p>
</div>`

function dump({base64, bytes}) {
	const shown = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
	if (bytes === 0) return html`<p class="dim">It is empty.</p>`
	const lines = []
	const width = perLine()
	for (let at = 0; at < shown.length; at += width) lines.push(line(at, shown.subarray(at, at + width), width))
	const more = bytes - shown.length
	return html`<pre tabindex="0">${lines.join('\n')}</pre>${more > 0 ? html`<p class="dim">and ${count(more)} bytes more</p>` : nothing}`
}

function line(at, bytes, width) {
	const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
	const halves = [digits.slice(0, 8).join(' '), digits.slice(8).join(' ')].filter(Boolean).join('  ').padEnd(3 * width + (width > 8 ? 0 : -1))
	const text = Array.from(bytes, (byte) => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.').join('')
	return `${at.toString(16).padStart(4, '0')}  ${halves}  ${text}`
}

/** A table of names and values: what an answer says. */
export const fields = (said) => {
	const entries = Object.entries(said ?? {})
	return entries.length === 0 ? nothing : html`<table class="fields"><caption>Fields of the answer</caption><tbody>${entries.map(([name, value]) => html`
		<tr><th scope="row">${name}</th><td>${text(value)}</td></tr>`)}</tbody></table>`
}

const text = (value) => Array.isArray(value) ? value.map(text).join(', ') : typeof value === 'object' && value ? JSON.stringify(value) : String(value)
