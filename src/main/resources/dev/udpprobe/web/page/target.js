// One target: how it is, how it was, and why that changed.

import {html, nothing} from './lit-html/lit-html.js'
import {mayAsk} from './access.js'
import {askNow} from './askbar.js'
import {Chart, key} from './chart.js'
import {curl} from './curl.js'
import {fields} from './datagrams.js'
import {ago, count, duration, millis, percent, time} from './format.js'
import {badge, kindOf, unasked, word} from './outcome.js'
import {params} from './route.js'
import {merge} from './stream.js'

const MAX_ROUNDS = 360

/** Of the table of rounds. */
const ROWS = 50

export class TargetView {
	#name
	#context
	#data
	#rounds
	#fresh = true
	#gone = false
	#listed = false
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
		if (name === 'gone') {
			this.#gone = true
			this.#fresh = true
		}
		if (name !== 'target') return
		this.#gone = false
		if (this.#fresh) {
			this.#data = {}
			this.#rounds = {times: [], outcomes: [], pass: [], roundTripMicros: []}
			this.#fresh = false
		}
		const {rounds, ...changed} = data
		merge(this.#data, changed)
		if (rounds) {
			this.#take(rounds)
			this.#chart.set([this.#rounds.times.map((ms) => ms / 1_000), this.#rounds.roundTripMicros.map((micros, i) =>
				micros === null || this.#rounds.outcomes[i] !== 'replied' ? null : micros / 1_000)])
		}
	}

	#take(rounds) {
		for (const [part, values] of Object.entries(rounds)) this.#rounds[part] = [...this.#rounds[part], ...values].slice(-MAX_ROUNDS)
		// Where the clock was set back: a chart knows no such time.
		const from = this.#rounds.times.findLastIndex((time, i, times) => time < times[i - 1])
		if (from > 0) for (const part of Object.keys(rounds)) this.#rounds[part] = this.#rounds[part].slice(from)
	}

	#kind(i) {
		const {outcomes, pass} = this.#rounds
		return pass[i] ? 'replied' : outcomes[i] === 'replied' ? 'fail' : outcomes[i]
	}

	view() {
		if (this.#gone) return html`<h1>${this.#name}</h1><p class="empty">There is no such target.</p>`
		if (!this.#data?.target) return html`<h1>${this.#name}</h1>${this.#context.waiting()}`
		const {target, exchange} = this.#data
		return html`
			<div class="headline"><h1>${this.#name}</h1> ${badge(target.state, true)}
				${target.flapping ? html`<span class="note">flapping</span>` : nothing}
				${target.state === 'by-hand' ? nothing : html`<span>for <b>${ago(target.since)}</b>, since ${time(target.since)}</span>`}
				${mayAsk(this.#context.service) ? html`<button @click=${() => askNow(this.#name)}>Ask now</button>` : nothing}</div>
			<p class="sentence">${target.problem || !target.outcome ? nothing : badge(kindOf(target))} ${target.problem ?? target.detail ?? unasked(target)}
				${target.lastRound && !target.problem ? html`<span class="dim">· ${ago(target.lastRound)} ago</span>` : nothing}</p>
			${this.#figures()}
			${this.#rounds.times.length === 0 ? nothing : html`<article class="card wide-chart"><h2>Round trips</h2>${this.#chart.view()}${key()}${this.#list()}</article>`}
			<div class="cards">
				${this.#changes()}${this.#errors()}
				${exchange && Object.keys(exchange.fields ?? {}).length ? html`<article class="card">${fields(exchange.fields)}</article>` : nothing}
				${this.#about()}
			</div>
			${curl('targets/' + encodeURIComponent(this.#name))}`
	}

	#figures() {
		const {target, counts, roundTripMicros: trips, jitterMicros} = this.#data
		const loss = target.lossRatio ?? {}
		const cells = [['loss, 1 min', percent(loss.oneMinute)], ['loss, 10 min', percent(loss.tenMinutes)], ['loss, 1 h', percent(loss.oneHour)],
			...trips ? ['min', 'median', 'p99', 'max'].map((name) => [name, millis(trips[name])]) : [],
			...jitterMicros === undefined ? [] : [['jitter', millis(jitterMicros)]],
			...Object.entries(counts.outcomes).map(([kind, number]) => [`rounds ${word(kind)}`, count(number)]),
			...counts.failed ? [['rounds failed', count(counts.failed)]] : []]
		return html`<dl class="figures">${cells.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
	}

	/** What the chart shows, for who reads. */
	#list() {
		const {times, roundTripMicros} = this.#rounds
		const from = Math.max(0, times.length - ROWS)
		return html`<details @toggle=${(event) => {
			this.#listed = event.target.open
			this.#context.update()
		}}><summary>The last rounds as a table</summary>${!this.#listed ? nothing : html`
			<table class="hops"><thead><tr><th scope="col">Time</th><th scope="col">Outcome</th><th scope="col">Until it came</th></tr></thead><tbody>${times.slice(from).map((ms, i) => html`
				<tr><td>${time(ms)}</td><td>${badge(this.#kind(from + i))}</td><td class="number">${millis(roundTripMicros[from + i])}</td></tr>`).reverse()}</tbody></table>`}</details>`
	}

	#changes() {
		const changes = this.#data.changes
		return html`<article class="card"><h2>Changes of state</h2>${changes.length === 0 ? html`<p class="dim">None so far.</p>` : html`
			<ol class="changes">${changes.map((change, i) => html`<li>${badge(change.to)} <time>${time(change.time)}</time>
				<span class="dim">after ${word(change.from)}${i > 0 ? ` for ${duration(Date.parse(change.time) - Date.parse(changes[i - 1].time))}` : ''}</span>
				<p>${change.reason}</p></li>`).reverse()}</ol>`}</article>`
	}

	/** Of each that sent some, how many of the last, and what the last one said. */
	#errors() {
		const errors = this.#data.errors
		if (errors.length === 0) return nothing
		const by = Object.groupBy(errors, (error) => `${error.reporter ?? 'unknown sender'}: ${error.meaning.replaceAll('-', ' ')}`)
		return table('ICMP errors, by who sent them', Object.entries(by).map(([who, some]) => [who, `${some.length} of the last ${errors.length}, ${time(some.at(-1).time)}`]))
	}

	#about() {
		const {target, schedule, counts, moves} = this.#data
		const monitored = schedule.intervalMillis > 0
		const rows = [['Address', target.address], ['Resolved to', counts.resolved], ['Module', target.module],
			['Interval', monitored ? duration(schedule.intervalMillis) : undefined],
			['Time-out', schedule.timeoutMillis === undefined ? undefined : duration(schedule.timeoutMillis)],
			['Up after', monitored ? rounds(schedule.rise, 'good') : undefined], ['Down after', monitored ? rounds(schedule.fall, 'bad') : undefined],
			['Local port', schedule.port], ['File', schedule.source],
			...Object.entries(target.labels).map(([name, value]) => [`Label ${name}`, value]),
			...moves.map((move) => [`Moved, ${time(move.time)}`, `${move.from} → ${move.to}`])]
		return table('Configuration', rows.filter(([, value]) => value !== undefined))
	}
}

const rounds = (number, kind) => `${number} ${kind} ${number === 1 ? 'round' : 'rounds in a row'}`

const table = (name, rows) => html`<article class="card"><table class="fields"><caption>${name}</caption><tbody>${rows.map(([of, value]) => html`
	<tr><th scope="row">${of}</th><td>${value}</td></tr>`)}</tbody></table></article>`
