// The hops of a path, as they answer.

import {html, nothing} from './lit-html/lit-html.js'
import {lines} from './api.js'
import {count, millis, NONE} from './format.js'
import {badge, word} from './outcome.js'
import {picture} from './picture.js'
import {problem} from './problem.js'

/** What each hop but the last says, so it says nothing. */
const USUAL = 'ttl-exceeded'

/** What a picture over the whole width has, in pixels. */
const ROOM = 1_100

export class TraceAsk {
	running = true
	#target
	#hops = []
	#end
	#problem

	constructor(asked, {signal, update, target}) {
		this.#target = target
		lines('trace', asked, signal, (line) => {
			if (line.hop) this.#hops.push(line)
			else this.#end = line
			update()
		}).then((failure) => {
			this.#problem = failure
			this.running = false
			update()
		})
	}

	get status() {
		return this.running ? 'following the path' : this.#problem ? this.#problem.detail : this.#end?.detail
	}

	view() {
		const end = this.#end
		const last = this.#hops.at(-1)
		return html`${this.#problem ? problem(this.#problem) : nothing}
			${this.#problem && !last ? nothing : html`<article class="card"><h2>The path to ${this.#target}</h2>
				${end ? html`<p class="told">${badge(end.outcome, true)}</p><p>${end.detail}</p>` : this.running ? html`<p class="dim">asking hop ${this.#hops.length + 1} …</p>` : nothing}
				${end && last ? picture({...end, icmp: last.icmp && {...last.icmp, reporter: last.reporters.at(-1)}}, {hops: this.#hops, room: ROOM}) : nothing}
				${last ? html`<div class="wide" tabindex="0" role="region" aria-label="Hops"><table class="hops"><thead><tr><th scope="col">Hop</th><th scope="col">Address</th>
					<th scope="col">Best</th><th scope="col">Worst</th><th scope="col">Lost</th><th scope="col">Outcome</th></tr></thead><tbody>${this.#hops.map(row)}</tbody></table></div>` : nothing}
			</article>`}`
	}
}

const row = (hop) => html`<tr>
	<td class="number">${hop.hop}</td>
	<td>${hop.reporters.join(', ') || NONE}</td>
	<td class="number">${hop.roundTripMicros.length ? millis(Math.min(...hop.roundTripMicros)) : NONE}</td>
	<td class="number">${hop.roundTripMicros.length ? millis(Math.max(...hop.roundTripMicros)) : NONE}</td>
	<td class="number">${hop.lost > 0 ? `${count(hop.lost)} of ${count(hop.sent)}` : '0'}</td>
	<td>${hop.outcome === 'expired' && hop.icmp?.meaning === USUAL ? html`<span class="dim" title=${word(hop.outcome)}>a router on the way</span>`
		: html`${badge(hop.outcome)} ${hop.icmp?.meaning?.replaceAll('-', ' ') ?? ''}`}</td>
</tr>`
