// The echo server: what came, what became of it, and who is there.

import {html, nothing} from './lit-html/lit-html.js'
import {Chart} from './chart.js'
import {count} from './format.js'
import {badge} from './outcome.js'
import {history} from './sparkline.js'

const HOUR_MILLIS = 3_600_000

/** Over so many seconds each rate is, so that steps of one second and of ten look alike. */
const RATE_SECONDS = 9.5

/** Two samples that are closer are one. */
const CLOSE_MILLIS = 500

const HISTORY = 40

export class EchoView {
	title = 'Echo server'
	watch = 'watch=echo'
	#context
	#samples = []
	#times = []
	#echo
	#fresh = true
	#rates = new Chart({label: 'Datagrams per second', x: 'time', series: [{label: 'Received', unit: '/s', width: 3},
		{label: 'Replied', unit: '/s', colour: 'good', dash: [6, 3]}, {label: 'Dropped', unit: '/s', colour: 'bad', dash: [2, 2]}]})
	#sessions = new Chart({label: 'Sessions', x: 'time', series: [{label: 'Sessions', unit: ''}]})
	#kernel = new Chart({label: 'Kernel drops per second', x: 'time', series: [{label: 'Kernel drops', unit: '/s', colour: 'bad'}]})

	constructor(context) {
		this.#context = context
	}

	begin() {
		this.#fresh = true
	}

	close() {
		for (const chart of [this.#rates, this.#sessions, this.#kernel]) chart.close()
	}

	event(name, data) {
		if (name !== 'echo') return
		if (this.#fresh) this.#samples = []
		this.#fresh = false
		this.#echo = data
		for (const sample of [...data.samples, data.now]) {
			const since = Date.parse(sample.time) - Date.parse(this.#samples.at(-1)?.time ?? 0)
			// The clock was set back, and a chart knows no such time.
			if (since < 0) this.#samples = []
			if (since < 0 || since >= CLOSE_MILLIS) this.#samples.push(sample)
		}
		const now = Date.parse(data.now.time)
		this.#samples = this.#samples.filter(({time}) => now - Date.parse(time) <= HOUR_MILLIS)
		this.#times = this.#samples.map(({time}) => Date.parse(time) / 1_000)
		this.#rates.set([this.#times, this.#rate(({received}) => received), this.#rate(({replied}) => replied), this.#rate(dropped)])
		this.#sessions.set([this.#times, this.#samples.map(({sessions}) => sessions)])
		this.#kernel.set([this.#times, this.#rate(({kernelDrops}) => kernelDrops)])
	}

	/** @returns for each sample, how many there were in a second since the last one that is long enough before it */
	#rate(of) {
		let before = 0
		return this.#samples.map((sample, i) => {
			while (this.#times[i] - this.#times[before + 1] >= RATE_SECONDS) before++
			const seconds = this.#times[i] - this.#times[before]
			return seconds < RATE_SECONDS ? null : Math.max(0, of(sample) - of(this.#samples[before])) / seconds
		})
	}

	view() {
		const echo = this.#echo
		if (!echo) return html`<h1>Echo server</h1>${this.#context.waiting()}`
		if (echo.port === undefined) return html`<h1>Echo server</h1><p class="empty">It is switched off: udp-probe.echo.enabled.</p>`
		const now = echo.now
		return html`
			<div class="headline"><h1>Echo server</h1> ${badge(echo.listening ? 'up' : 'down', true)}
				<span>${echo.listening ? 'listening' : 'not listening'} on UDP port <b>${echo.port}</b></span></div>
			<dl class="figures">${[['received', now.received], ['replied', now.replied], ['farewells', now.farewells], ['dropped', dropped(now)],
				['sessions', now.sessions], ['kernel drops', now.kernelDrops]].map(([name, value]) => html`<div><dt>${name}</dt><dd>${count(value)}</dd></div>`)}</dl>
			<article class="card wide-chart"><h2>Datagrams per second, last hour</h2>${this.#rates.view()}</article>
			<div class="cards">
				${this.#drops(now)}
				<article class="card"><h2>Sessions, last hour</h2>${this.#sessions.view()}</article>
				<article class="card"><h2>Kernel drops per second, last hour</h2>${this.#kernel.view()}</article>
			</div>
			<p><a href="peers">Sessions as JSON</a></p>`
	}

	#drops(now) {
		const reasons = Object.entries(now.dropped)
		return html`<article class="card"><h2>Dropped, by reason</h2>${reasons.length === 0 ? html`<p class="dim">None so far.</p>` : html`
			<table class="fields"><thead><tr><th scope="col">Reason</th><th scope="col">Total</th><th scope="col">Last hour</th></tr></thead><tbody>${reasons.map(([reason, number]) => html`
				<tr><th scope="row">${reason.replaceAll('-', ' ')}</th><td class="number">${count(number)}</td><td>${this.#over(reason)}</td></tr>`)}</tbody></table>`}</article>`
	}

	/** @returns how many were dropped for a reason, in equal parts of what is known */
	#over(reason) {
		const at = (i) => this.#samples[i].dropped[reason] ?? 0
		const [first, last] = [this.#times[0], this.#times.at(-1)]
		const values = []
		let before = 0
		for (let part = 1, i = 0; part <= HISTORY; part++) {
			while (i < this.#samples.length - 1 && this.#times[i + 1] <= first + (last - first) * part / HISTORY) i++
			values.push(Math.max(0, at(i) - at(before)))
			before = i
		}
		return history(values, `${reason}: ${values.filter((value) => value > 0).length} of ${HISTORY} parts of the time had some`)
	}
}

const dropped = (sample) => Object.values(sample.dropped).reduce((sum, number) => sum + number, 0)
