// Datagrams at an interval, in a chart that grows.

import {html, nothing} from './lit-html/lit-html.js'
import {lines} from './api.js'
import {problem} from './ask.js'
import {Chart, key} from './chart.js'
import {count, millis, percent} from './format.js'
import {badge, kindOf} from './outcome.js'

export class PingAsk {
	running = true
	#pings = []
	#summary
	#problem
	#duplicates = new Set()
	#chart = new Chart({
		label: 'Round trips by number', x: 'number',
		series: [{label: 'round trip', unit: 'ms', points: true}],
		band: (i) => this.#mark(i),
	})

	constructor(asked, {signal, update}) {
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

	close() {
		this.#chart.close()
	}

	#add(ping) {
		ping.duplicates?.forEach((seq) => this.#duplicates.add(seq))
		this.#pings.push(ping)
	}

	#sorted = []

	/** Once for each time that the page is drawn, however many lines have come. */
	#show() {
		if (this.#sorted.length === this.#pings.length) return
		this.#sorted = this.#pings.toSorted((one, other) => one.seq - other.seq)
		this.#chart.set([this.#sorted.map(({seq}) => seq),
			this.#sorted.map((ping) => kindOf(ping) === 'replied' ? ping.roundTripMicros / 1_000 : null)])
	}

	/** @returns what the band of the chart has at a datagram */
	#mark(i) {
		const ping = this.#sorted[i]
		return this.#duplicates.has(ping.seq) ? 'duplicate' : kindOf(ping)
	}

	view() {
		if (this.#problem) return problem(this.#problem)
		this.#show()
		const summary = this.#summary
		const last = this.#pings.at(-1)
		return html`<article class="card"><h2>Round trips</h2>
			${summary ? this.#sums(summary) : html`<p class="dim">${count(this.#pings.length)} answered or given up${last ? html`; the last one: ${badge(kindOf(last))} ${millis(last.roundTripMicros)}` : nothing}</p>`}
			${this.#chart.view()}
			${key(['accent', 'M5 0l4 6-4 6-4-6z', 'answered twice'])}
		</article>`
	}

	#sums(summary) {
		const trips = summary.roundTripMicros
		const cells = [['sent', count(summary.sent)], ['received', count(summary.received)],
			['lost', `${count(summary.lost)} (${percent(summary.sent ? summary.lost / summary.sent : undefined)})`], ['refused', count(summary.refused)],
			['answered twice', count(summary.duplicates)], ['reordered', count(summary.reordered)], ['late', count(summary.late)],
			...trips ? [['least', millis(trips.min)], ['median', millis(trips.median)], ['99 %', millis(trips.p99)], ['most', millis(trips.max)]] : [],
			['jitter', millis(summary.jitterMicros)]]
		return html`<dl class="figures">${cells.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
	}
}
