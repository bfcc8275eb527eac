// Datagrams at an interval, in a chart that grows.

import {html, nothing} from './lit-html/lit-html.js'
import {lines} from './api.js'
import {Chart, key} from './chart.js'
import {count, millis, percent} from './format.js'
import {kindOf} from './outcome.js'
import {problem} from './problem.js'

export class PingAsk {
	running = true
	#target
	#alike
	#pings = []
	#summary
	#problem
	#duplicates = new Map()

	/** In the order of their numbers, as the chart has them. */
	#sorted = []

	#chart = new Chart({
		label: 'Round trips by number', x: 'number',
		series: [{label: 'Round trip', unit: 'ms', points: true}],
		band: (i) => this.#mark(i),
	})

	constructor(asked, {signal, update, target, alike}) {
		this.#target = target
		this.#alike = alike
		lines('ping', asked, signal, (line) => {
			if (line.seq) this.#add(line)
			else this.#summary = line
			update()
		}).then((failure) => {
			this.#problem = failure
			this.running = false
			update()
		})
	}

	get status() {
		const {received, sent} = this.#sums()
		return this.running ? 'pinging' : this.#problem && sent === 0 ? this.#problem.detail : `${received} of ${sent} datagrams were answered`
	}

	close() {
		this.#chart.close()
	}

	#add(ping) {
		ping.duplicates?.forEach((seq) => this.#duplicates.set(seq, (this.#duplicates.get(seq) ?? 0) + 1))
		this.#pings.push(ping)
	}

	/** Once for each time that the page is drawn, however many lines have come. */
	#show() {
		if (this.#sorted.length === this.#pings.length) return
		this.#sorted = this.#pings.toSorted((one, other) => one.seq - other.seq)
		this.#chart.set([this.#sorted.map(({seq}) => seq),
			this.#sorted.map((ping) => ping.outcome === 'replied' ? ping.roundTripMicros / 1_000 : null)])
	}

	/** @returns what the band of the chart has at a datagram */
	#mark(i) {
		const ping = this.#sorted[i]
		return this.#duplicates.has(ping.seq) ? 'duplicate' : kindOf(ping)
	}

	view() {
		this.#show()
		return html`${this.#problem ? problem(this.#problem) : nothing}
			${this.#problem && this.#pings.length === 0 ? nothing : html`<article class="card"><h2>Round trips to ${this.#target}</h2>
				${this.running ? html`<p class="dim">pinging …</p>` : nothing}
				${this.#figures()}
				${this.#alike && this.#sums().lost > 0 ? html`<p class="dim">All datagrams are alike, so an answer counts for the one that has waited for longest:
					after a loss, round trips may be too long. An interval longer than the time-out avoids that.</p>` : nothing}
				${this.#chart.view()}
				${key(['accent', 'M5 0l4 6-4 6-4-6z', 'duplicate'])}
			</article>`}`
	}

	/** Of what has come so far; what the service alone knows, at the end. */
	#sums() {
		const summary = this.#summary
		if (summary) return {...summary, ...summary.roundTripMicros}
		const trips = this.#pings.filter((ping) => ping.outcome === 'replied').map((ping) => ping.roundTripMicros).sort((one, other) => one - other)
		const sent = this.#pings.filter((ping) => ping.outcome !== 'not-sent').length
		const rank = (ratio) => trips[Math.max(0, Math.ceil(ratio * trips.length) - 1)]
		return {sent, received: trips.length, lost: sent - trips.length, refused: this.#pings.filter((ping) => ping.outcome === 'refused').length,
			duplicates: [...this.#duplicates.values()].reduce((sum, number) => sum + number, 0), min: trips[0], median: rank(0.5), p99: rank(0.99), max: trips.at(-1)}
	}

	#figures() {
		const sums = this.#sums()
		const cells = [['received', `${count(sums.received)} of ${count(sums.sent)}`],
			['lost', html`<span class=${this.#pings.some((ping) => !['replied', 'pass'].includes(kindOf(ping))) ? 'bad' : ''}>${count(sums.lost)}${sums.sent ? ` (${percent(sums.lost / sums.sent)})` : ''}</span>`],
			...[['of them refused', sums.refused], ['duplicates', sums.duplicates], ['reordered', sums.reordered], ['late', sums.late], ['not good', sums.failed]]
				.filter(([, number]) => number > 0).map(([name, number]) => [name, html`<span class="warn">${count(number)}</span>`]),
			...['min', 'median', 'p99', 'max'].map((name) => [name, millis(sums[name])]), ...sums.jitterMicros === undefined ? [] : [['jitter', millis(sums.jitterMicros)]]]
		return html`<dl class="figures">${cells.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
	}
}
