// The echo server: what came, what became of it, and who is there.

import {html, nothing} from './lit-html/lit-html.js'
import {Chart} from './chart.js'
import {count} from './format.js'
import {badge} from './outcome.js'

/** An hour before, and an hour of looking. */
const MAX_SAMPLES = 4_000

/** Two samples that are closer tell no rate. */
const MIN_SECONDS = 0.5

export class EchoView {
	title = 'Echo server'
	watch = 'watch=echo'
	#samples = []
	#echo
	#fresh = true
	#rates = new Chart({label: 'Datagrams in a second', x: 'time', series: [{label: 'Received', unit: '/s'},
		{label: 'Replied', unit: '/s', colour: 'good', dash: [6, 3]}, {label: 'Dropped', unit: '/s', colour: 'bad', dash: [2, 2]}]})
	#sessions = new Chart({label: 'Sessions', x: 'time', series: [{label: 'Sessions', unit: ''}]})
	#kernel = new Chart({label: 'Datagrams that the kernel dropped', x: 'time', series: [{label: 'Dropped by the kernel', unit: '/s', colour: 'bad'}]})

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
		this.#samples = [...this.#samples, ...data.samples, data.now].slice(-MAX_SAMPLES)
		const times = this.#samples.map(({time}) => Date.parse(time) / 1_000)
		this.#rates.set([times, this.#rate(times, ({received}) => received), this.#rate(times, ({replied}) => replied), this.#rate(times, dropped)])
		this.#sessions.set([times, this.#samples.map(({sessions}) => sessions)])
		this.#kernel.set([times, this.#rate(times, ({kernelDrops}) => kernelDrops)])
	}

	#rate(times, of) {
		return this.#samples.map((sample, i) => {
			const seconds = i === 0 ? 0 : times[i] - times[i - 1]
			return seconds < MIN_SECONDS ? null : Math.max(0, of(sample) - of(this.#samples[i - 1])) / seconds
		})
	}

	view() {
		const echo = this.#echo
		if (!echo) return html`<h1>Echo server</h1>`
		if (echo.port === undefined) return html`<h1>Echo server</h1><p class="empty">It is switched off: udp-probe.echo.enabled.</p>`
		const now = echo.now
		return html`
			<div class="headline"><h1>Echo server</h1> ${badge(echo.listening ? 'up' : 'down', true)} <span>${echo.listening ? 'listening' : 'not listening'} on UDP port <b>${echo.port}</b></span></div>
			<dl class="figures">${[['received', now.received], ['replied', now.replied], ['farewells', now.farewells], ['dropped', dropped(now)],
				['sessions', now.sessions], ['dropped by the kernel', now.kernelDrops]].map(([name, value]) => html`<div><dt>${name}</dt><dd>${count(value)}</dd></div>`)}</dl>
			<article class="card wide-chart"><h2>Datagrams in a second</h2>${this.#rates.view()}</article>
			<div class="cards">
				<article class="card"><h2>Sessions</h2>${this.#sessions.view()}</article>
				<article class="card"><h2>Dropped by the kernel in a second</h2>${this.#kernel.view()}</article>
				${Object.keys(now.dropped).length === 0 ? nothing : html`<article class="card"><table class="fields"><caption>Dropped, by reason</caption><tbody>
					${Object.entries(now.dropped).map(([reason, number]) => html`<tr><th scope="row">${reason.replaceAll('-', ' ')}</th><td class="number">${count(number)}</td></tr>`)}</tbody></table></article>`}
			</div>
			<p><a href="peers">All sessions</a></p>`
	}
}

const dropped = (sample) => Object.values(sample.dropped).reduce((sum, number) => sum + number, 0)
