// The longest datagram that a path carries.

import {html, nothing} from './lit-html/lit-html.js'
import {post} from './api.js'
import {problem} from './ask.js'
import {count} from './format.js'
import {badge} from './outcome.js'

export class MtuAsk {
	running = true
	#answer

	constructor(asked, {signal, update}) {
		post('mtu', asked, signal).then((answer) => {
			this.#answer = answer
			this.running = false
			update()
		})
	}

	view() {
		const answer = this.#answer
		if (!answer) return html`<p class="dim">searching …</p>`
		if (!answer.outcome) return problem(answer)
		return html`<article class="card"><h2>The longest datagram</h2>
			<p class="told">${answer.pathMtu ? html`<b class="figure">${count(answer.pathMtu)}</b> bytes` : badge(answer.outcome, true)}</p>
			<p>${answer.detail}</p>
			${answer.largestPayload === undefined ? nothing : html`<table class="fields"><tbody>
				<tr><th scope="row">Payload</th><td>${count(answer.largestPayload)} bytes</td></tr>
				<tr><th scope="row">Packet, with the headers of UDP and IP</th><td>${count(answer.pathMtu)} bytes</td></tr>
				<tr><th scope="row">How that is known</th><td>${answer.evidence}</td></tr>
				${answer.reporter ? html`<tr><th scope="row">Who said so</th><td>${answer.reporter}</td></tr>` : nothing}
			</tbody></table>`}
		</article>`
	}
}
