// The longest datagram that a path carries.

import {html, nothing} from './lit-html/lit-html.js'
import {post} from './api.js'
import {count} from './format.js'
import {badge} from './outcome.js'
import {problem} from './problem.js'

const EVIDENCE = {icmp: 'a router said so', local: 'this host sends nothing longer there', silence: 'longer ones had no answer',
	protocol: 'the maximum of IP', unfinished: 'the search ended early'}

export class MtuAsk {
	running = true
	#target
	#answer

	constructor(asked, {signal, update, target}) {
		this.#target = target
		post('mtu', asked, signal).then((answer) => {
			this.#answer = answer
			this.running = false
			update()
		})
	}

	get status() {
		return this.running ? 'searching' : this.#answer.detail
	}

	view() {
		const answer = this.#answer
		if (!answer) return html`<p class="dim">searching …</p>`
		if (!answer.outcome) return problem(answer)
		return html`<article class="card"><h2>Path MTU to ${this.#target}</h2>
			<p class="told">${answer.pathMtu ? html`<b class="figure">${count(answer.pathMtu)} bytes</b> <span>UDP payload: up to <b>${count(answer.largestPayload)}</b> bytes</span>` : badge(answer.outcome, true)}</p>
			<p>${answer.detail}</p>
			${answer.evidence ? html`<table class="fields"><tbody>
				<tr><th scope="row">Answer to a datagram of that length</th><td>${badge(answer.outcome)}</td></tr>
				<tr><th scope="row">Why no longer one</th><td>${EVIDENCE[answer.evidence] ?? answer.evidence}</td></tr>
				${answer.reporter ? html`<tr><th scope="row">Router</th><td>${answer.reporter}</td></tr>` : nothing}
			</tbody></table>` : nothing}
		</article>`
	}
}
