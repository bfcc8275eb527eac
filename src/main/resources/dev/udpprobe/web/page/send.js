// One exchange, by a connected socket, and beside it what a program without one would know.

import {html, nothing} from './lit-html/lit-html.js'
import {post} from './api.js'
import {problem} from './ask.js'
import {datagrams, fields} from './datagrams.js'
import {millis} from './format.js'
import {badge, kindOf} from './outcome.js'
import {picture} from './picture.js'

/** The outcomes that ICMP errors are heard by, which an unconnected socket is not told of. */
const BY_ICMP = ['refused', 'unreachable', 'expired', 'too-big']

export class SendAsk {
	running = true
	#answer
	#plain

	constructor(asked, {signal, update, plain}) {
		const both = [post('send', {...asked, datagrams: true}, signal).then((answer) => {
			this.#answer = answer
			update()
		})]
		if (plain) {
			both.push(post('send', {...asked, socket: 'unconnected'}, signal).then((answer) => {
				this.#plain = answer
				update()
			}))
		}
		Promise.all(both).then(() => {
			this.running = false
			update()
		})
	}

	view() {
		const answer = this.#answer
		if (!answer) return html`<p class="dim">waiting for an answer …</p>`
		if (!answer.outcome) return problem(answer)
		return html`
			<div class="answers">
				<article class="card"><h2>udp-probe, by a connected socket</h2>${told(answer)}${picture(answer)}</article>
				${this.#plain ? this.#unconnected(answer) : nothing}
			</div>
			<div class="answers">
				${answer.datagrams?.length ? html`<article class="card"><h2>Datagrams</h2>${datagrams(answer.datagrams)}</article>` : nothing}
				${Object.keys(answer.fields ?? {}).length ? html`<article class="card">${fields(answer.fields)}</article>` : nothing}
			</div>`
	}

	#unconnected(answer) {
		const plain = this.#plain
		if (!plain.outcome) return problem(plain)
		const unheard = plain.outcome === 'timed-out' && BY_ICMP.includes(answer.outcome) && answer.icmp ? answer : undefined
		return html`<article class="card"><h2>An ordinary program, by an unconnected socket</h2>${told(plain)}${picture(plain, {unheard})}</article>`
	}
}

/** What came of it, for a person. */
export const told = (answer) => html`
	<p class="told">${badge(kindOf(answer), true)} ${answer.roundTripMicros !== undefined
		? html`<span class="trip" title=${`by the clock of the ${answer.clock}`}>${millis(answer.roundTripMicros)}</span>` : nothing}</p>
	<p>${answer.detail ?? `${answer.remoteAddress} replied with ${answer.bytesReceived} bytes.`}</p>`
