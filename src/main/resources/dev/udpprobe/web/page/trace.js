// The hops of a path, as they answer.

import {html, nothing} from './lit-html/lit-html.js'
import {lines} from './api.js'
import {problem} from './ask.js'
import {count, millis, NONE} from './format.js'
import {badge} from './outcome.js'
import {picture} from './picture.js'

/** What each hop but the last says, so it says nothing. */
const USUAL = 'ttl-exceeded'

export class TraceAsk {
	running = true
	#hops = []
	#end
	#problem

	constructor(asked, {signal, update}) {
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

	view() {
		if (this.#problem) return problem(this.#problem)
		const end = this.#end
		const last = this.#hops.at(-1)
		return html`<article class="card"><h2>The path</h2>
			${end ? html`<p class="told">${badge(end.outcome, true)}</p><p>${end.detail}</p>` : html`<p class="dim">asking hop ${this.#hops.length + 1} …</p>`}
			${end && last ? picture({...end, icmp: last.icmp && {...last.icmp, reporter: last.reporters.at(-1)}}, {hops: this.#hops}) : nothing}
			${this.#hops.length === 0 ? nothing : html`<div class="wide" tabindex="0" role="region" aria-label="Hops"><table class="hops"><thead><tr><th scope="col">Hop</th><th scope="col">Who</th><th scope="col">Lost</th>
				<th scope="col">Best</th><th scope="col">Worst</th><th scope="col">What came</th></tr></thead><tbody>${this.#hops.map(hop)}</tbody></table></div>`}
		</article>`
	}
}

const hop = (hop) => html`<tr>
	<td class="number">${hop.hop}</td>
	<td>${hop.reporters.join(', ') || NONE}</td>
	<td class="number">${hop.lost > 0 ? `${count(hop.lost)} of ${count(hop.sent)}` : '0'}</td>
	<td class="number">${hop.roundTripMicros.length ? millis(Math.min(...hop.roundTripMicros)) : NONE}</td>
	<td class="number">${hop.roundTripMicros.length ? millis(Math.max(...hop.roundTripMicros)) : NONE}</td>
	<td>${hop.outcome === 'expired' && hop.icmp?.meaning === USUAL ? html`<span class="dim">a router on the way</span>` : html`${badge(hop.outcome)} ${hop.icmp?.meaning?.replaceAll('-', ' ') ?? ''}`}</td>
</tr>`
