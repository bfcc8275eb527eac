// One target: how it is, how it was, and why that changed.

import {html, nothing} from './lit-html/lit-html.js'
import {Chart, key} from './chart.js'
import {curl} from './curl.js'
import {fields} from './datagrams.js'
import {ago, count, duration, millis, NONE, percent, time} from './format.js'
import {badge, word} from './outcome.js'
import {link, params} from './route.js'
import {merge} from './stream.js'

const MAX_ROUNDS = 360

export class TargetView {
	#name
	#context
	#data
	#rounds
	#fresh = true
	#gone = false
	#chart = new Chart({
		label: 'Round trips of the last rounds', x: 'time', series: [{label: 'Round trip', unit: 'ms', points: true}],
		band: (i) => this.#kind(i),
	})

	constructor(context) {
		this.#context = context
		this.#name = context.route.path.slice(1).join('/')
	}

	get title() {
		return this.#name
	}

	get watch() {
		return String(params({watch: 'target', target: this.#name}))
	}

	begin() {
		this.#fresh = true
	}

	close() {
		this.#chart.close()
	}

	event(name, data) {
		if (name === 'gone') this.#gone = true
		if (name !== 'target') return
		if (this.#fresh) {
			this.#data = {}
			this.#rounds = {times: [], outcomes: [], pass: [], roundTripMicros: []}
			this.#fresh = false
			this.#gone = false
		}
		const {rounds, ...changed} = data
		merge(this.#data, changed)
		if (rounds) {
			for (const [part, values] of Object.entries(rounds)) this.#rounds[part] = [...this.#rounds[part], ...values].slice(-MAX_ROUNDS)
			this.#chart.set([this.#rounds.times.map((ms) => ms / 1_000), this.#rounds.roundTripMicros.map((micros, i) =>
				micros === null || this.#rounds.outcomes[i] !== 'replied' ? null : micros / 1_000)])
		}
	}

	#kind(i) {
		const {outcomes, pass} = this.#rounds
		return pass[i] ? 'replied' : outcomes[i] === 'replied' ? 'fail' : outcomes[i]
	}

	view() {
		const back = html`<p class="back"><a href=${link(['targets'])}>All targets</a></p>`
		if (this.#gone) return html`${back}<h1>${this.#name}</h1><p class="empty">There is no such target.</p>`
		if (!this.#data?.target) return html`${back}<h1>${this.#name}</h1>`
		const {target, exchange, counts} = this.#data
		return html`${back}
			<div class="headline"><h1>${this.#name}</h1> ${badge(target.state, true)}
				${target.flapping ? html`<span class="note">flapping</span>` : nothing}
				<span>${target.state === 'by-hand' ? 'asked by hand only' : html`for <b>${ago(target.since)}</b>, since ${time(target.since)}`}</span>
				<a class="button" href=${link(['ask'], {target: this.#name})}>Ask it</a></div>
			<p class="sentence">${target.problem ?? target.detail ?? NONE}</p>
			${this.#rounds.times.length === 0 ? nothing : html`<article class="card wide-chart"><h2>Round trips</h2>${this.#chart.view()}${key()}</article>`}
			<div class="cards">
				${this.#figures()}${this.#changes()}${this.#errors()}
				${exchange && Object.keys(exchange.fields ?? {}).length ? html`<article class="card">${fields(exchange.fields)}</article>` : nothing}
				${this.#about()}
			</div>
			${curl('targets/' + encodeURIComponent(this.#name), {})}`
	}

	#figures() {
		const {target, counts, roundTripMicros: trips, jitterMicros} = this.#data
		const loss = target.lossRatio ?? {}
		const rows = [['Loss in 1 min', percent(loss.oneMinute)], ['in 10 min', percent(loss.tenMinutes)], ['in 1 h', percent(loss.oneHour)],
			...trips ? [['Round trip, least', millis(trips.min)], ['median', millis(trips.median)], ['95 %', millis(trips.p95)],
				['99 %', millis(trips.p99)], ['most', millis(trips.max)]] : [],
			['Jitter', millis(jitterMicros)],
			...Object.entries(counts.outcomes).map(([kind, number]) => [`Rounds ${word(kind)}`, count(number)]),
			['Rounds that failed', count(counts.failed)]]
		return table('Figures', rows)
	}

	#changes() {
		const changes = this.#data.changes.toReversed()
		return html`<article class="card"><h2>Changes</h2>${changes.length === 0 ? html`<p class="dim">None so far.</p>` : html`
			<ol class="changes">${changes.map((change) => html`<li>${badge(change.to)} <time>${time(change.time)}</time><p>${change.reason}</p></li>`)}</ol>`}</article>`
	}

	/** Of each that sent some, how many of the last, and what the last one said. */
	#errors() {
		const errors = this.#data.errors
		if (errors.length === 0) return nothing
		const by = Map.groupBy(errors, (error) => `${error.reporter ?? 'nobody knows who'}: ${error.meaning.replaceAll('-', ' ')}`)
		return table('ICMP errors', [...by].map(([who, some]) => [who, `${some.length} of the last ${errors.length}, ${time(some.at(-1).time)}`]))
	}

	#about() {
		const {target, schedule, counts, moves} = this.#data
		const rows = [['Address', target.address], ['Resolved', counts.resolved], ['Module', target.module],
			['Rounds', schedule.intervalMillis ? `every ${duration(schedule.intervalMillis)}` : undefined],
			['Up after, down after', schedule.intervalMillis ? `${schedule.rise}, ${schedule.fall} rounds` : undefined],
			['Local port', schedule.port], ['File', schedule.source],
			...Object.entries(target.labels).map(([name, value]) => [html`label <b>${name}</b>`, value]),
			...moves.map((move) => [`Moved, ${time(move.time)}`, `${move.from} → ${move.to}`])]
		return table('Configuration', rows.filter(([, value]) => value !== undefined))
	}
}

const table = (name, rows) => html`<article class="card"><table class="fields"><caption>${name}</caption><tbody>${rows.map(([of, value]) => html`
	<tr><th scope="row">${of}</th><td>${value}</td></tr>`)}</tbody></table></article>`
