// One exchange, by a connected socket, and beside it what a program without one would know.

import {html, nothing} from './lit-html/lit-html.js'
import {post} from './api.js'
import {datagrams, fields} from './datagrams.js'
import {millis} from './format.js'
import {badge, kindOf, word} from './outcome.js'
import {picture} from './picture.js'
import {problem} from './problem.js'

export class SendAsk {
	running = true
	#asks
	#answer
	#plain

	constructor(asked, {signal, update, plain}) {
		this.#asks = plain ? 2 : 1
		const both = [post('send', {...asked, datagrams: true}, signal).then((answer) => {
			this.#answer = answer
			update()
		})]
		if (plain) {
			// It takes no port of its own choice, and needs none.
			const {sourcePort, ...others} = asked
			both.push(post('send', {...others, socket: 'unconnected'}, signal).then((answer) => {
				this.#plain = answer
				update()
			}))
		}
		Promise.all(both).then(() => {
			this.running = false
			update()
		})
	}

	get status() {
		const answer = this.#answer
		return this.running ? 'waiting for an answer' : answer.outcome ? `${word(kindOf(answer))}: ${detail(answer)}` : answer.detail
	}

	view() {
		const answer = this.#answer
		if (answer && !answer.outcome) return problem(answer)
		return html`
			<div class="answers">
				<article class="card"><h2>udp-probe, by a connected socket</h2>${answer ? html`${told(answer)}${picture(answer)}` : waiting}</article>
				${this.#asks > 1 ? html`<article class="card"><h2>An unconnected socket, as many programs have</h2>${this.#unconnected()}</article>` : nothing}
			</div>
			${answer ? html`<div class="answers">
				${answer.datagrams?.length ? html`<article class="card"><h2>Datagrams of the connected socket</h2>${datagrams(answer)}</article>` : nothing}
				${Object.keys(answer.fields ?? {}).length ? html`<article class="card">${fields(answer.fields)}</article>` : nothing}
			</div>` : nothing}`
	}

	#unconnected() {
		const plain = this.#plain
		if (!plain || !this.#answer) return waiting
		if (!plain.outcome) return problem(plain)
		const unheard = plain.outcome === 'timed-out' && this.#answer.icmp ? this.#answer : undefined
		return html`${told(plain)}${picture(plain, {unheard})}
			${unheard ? html`<p class="dim">The ICMP error is the one of which the connected socket was told.</p>` : nothing}`
	}
}

const waiting = html`<p class="dim">waiting …</p>`

const detail = (answer) => answer.detail ?? `${answer.remoteAddress} replied with ${answer.bytesReceived} bytes.`

/** What came of it, for a person. */
const told = (answer) => html`
	<p class="told">${badge(kindOf(answer), true)} ${answer.roundTripMicros !== undefined
		? html`<span class="trip">${millis(answer.roundTripMicros)}</span> <span class="dim">by the clock of the ${answer.clock === 'kernel' ? 'kernel' : 'JVM'}</span>` : nothing}</p>
	<p>${detail(answer)}</p>`
