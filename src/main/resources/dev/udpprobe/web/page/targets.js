// The list of targets, the worst first. Of thousands it asks for those on the screen, and some around them.

import {html, nothing} from './lit-html/lit-html.js'
import {repeat} from './lit-html/directives/repeat.js'
import {askBar} from './askbar.js'
import {curl} from './curl.js'
import {ago, count, millis, percent, time} from './format.js'
import {badge, OUTCOMES, word} from './outcome.js'
import {link, params, replace} from './route.js'
import {sparkline} from './sparkline.js'
import {merge} from './stream.js'

const MAX_ROUNDS = 40

/** How many rows to have ready above and below the screen, and in which steps to ask for others. */
const AROUND = 15

const STEP = 10

/** Of which a click on the heading sorts by it, and again the other way round. */
const COLUMNS = [['state', 'State', 'worst'], ['name', 'Target', 'name'], ['what', 'What came of the last round'],
	['since', 'Since', '-since'], ['loss', 'Loss, 10 min', '-loss'], ['trip', 'Round trip', '-round-trip'], ['rounds', 'Last rounds']]

export class TargetsView {
	title = 'Targets'
	#context
	#query
	#rows = new Map()
	#page = {total: 0, names: [], offset: 0}
	#known = false
	#offset = 0
	#begun = 0
	#limit = 50
	#fresh = true

	constructor(context) {
		this.#context = context
		this.go(context.route)
		addEventListener('scroll', this.#scrolled, {passive: true})
		addEventListener('resize', this.#scrolled)
	}

	close() {
		removeEventListener('scroll', this.#scrolled)
		removeEventListener('resize', this.#scrolled)
	}

	go({query}) {
		this.#offset = 0
		this.#query = {search: query.get('search') ?? '', state: query.get('state') ?? '', outcome: query.get('outcome') ?? '',
			sort: query.get('sort') ?? 'worst'}
	}

	/** What GET /targets takes: words with = are labels, the others are a part of the name or the address. */
	get #asked() {
		const words = this.#query.search.split(/\s+/).filter(Boolean)
		return {label: words.filter((word) => word.indexOf('=') > 0), name: words.filter((word) => word.indexOf('=') <= 0).join(' '),
			state: this.#query.state, outcome: this.#query.outcome, sort: this.#query.sort}
	}

	get watch() {
		return String(params({watch: 'targets', ...this.#asked, offset: this.#offset, limit: this.#limit}))
	}

	/** What comes now is of the page that was asked for last; what is shown until then is of the one before. */
	begin() {
		this.#fresh = true
		this.#begun = this.#offset
	}

	event(name, data) {
		if (name === 'page') {
			merge(this.#page, {...data, offset: this.#begun})
			this.#known = true
		} else if (name === 'targets') {
			if (this.#fresh) this.#rows.clear()
			this.#fresh = false
			for (const row of data) this.#take(row)
			for (const name of this.#rows.keys()) {
				if (!this.#page.names.includes(name)) this.#rows.delete(name)
			}
		}
	}

	#take({rounds, ...changed}) {
		const row = merge(this.#rows.get(changed.name) ?? {rounds: []}, changed)
		if (rounds) row.rounds = [...row.rounds, ...rounds].slice(-MAX_ROUNDS)
		this.#rows.set(changed.name, row)
	}

	#show(changes) {
		replace(link(['targets'], {...this.#query, ...changes}))
	}

	view() {
		return html`
			<h1 class="unseen">Targets</h1>
			${askBar(this.#context.service)}
			<div class="filters" role="search">
				<label class="grow"><span class="unseen">Search</span><input type="search" placeholder="Name, address or label=value"
					.value=${this.#query.search} @input=${(event) => this.#show({search: event.target.value})}></label>
				${this.#choice('state', 'Any state', ['down', 'unknown', 'up', 'by-hand'])}
				${this.#choice('outcome', 'Any outcome', OUTCOMES)}
				<span class="found" role="status">${this.#known ? html`<b>${count(this.#page.total)}</b> ${this.#page.total === 1 ? 'target' : 'targets'}` : nothing}</span>
			</div>
			${this.#table()}
			${this.#hint()}
			${curl('targets', {query: this.#asked})}`
	}

	/** For who starts: without a schedule there is nothing to see. */
	#hint() {
		const summary = this.#context.summary()
		return summary && summary.targets === summary.byHand ? html`<p class="empty">No target is asked by a schedule. One of the configuration
			that names a module is, every 10 s by default; then this list says whether it is up, and since when.</p>` : nothing
	}

	#choice(field, any, values) {
		return html`<label><span class="unseen">${field}</span><select .value=${this.#query[field]}
			@change=${(event) => this.#show({[field]: event.target.value})}>
			<option value="">${any}</option>
			${values.map((value) => html`<option value=${value} ?selected=${this.#query[field] === value}>${word(value)}</option>`)}
		</select></label>`
	}

	#table() {
		if (this.#known && this.#page.total === 0) return html`<p class="empty">No target is like that.</p>`
		const rows = this.#page.names.map((name, i) => [this.#page.offset + i, name])
		return html`<div role="table" class="targets" aria-label="Targets" aria-rowcount=${this.#page.total + 1} @keydown=${this.#moved}>
			<div role="rowgroup" class="head"><div role="row" aria-rowindex="1">${COLUMNS.map((column) => this.#heading(column))}</div></div>
			<div role="rowgroup" class="rows">${repeat(rows, ([, name]) => name, ([index, name]) => this.#row(index, this.#rows.get(name) ?? {name, rounds: []}))}</div>
		</div>`
	}

	#heading([key, words, sort]) {
		if (!sort) return html`<div role="columnheader" class=${key}>${words}</div>`
		const other = sort.startsWith('-') ? sort.slice(1) : '-' + sort
		const order = this.#query.sort === sort ? 'descending' : this.#query.sort === other ? 'ascending' : 'none'
		return html`<div role="columnheader" class=${key} aria-sort=${order}><button
			@click=${() => this.#show({sort: order === 'descending' ? other : sort})}>${words}</button></div>`
	}

	#row(index, row) {
		const labels = Object.entries(row.labels ?? {}).map(([name, value]) => `${name}=${value}`).join(' ')
		return html`<div role="row" aria-rowindex=${index + 2} data-index=${index}>
			<div role="cell" class="state">${row.state ? badge(row.state) : nothing}${row.flapping ? html` <span class="note">flapping</span>` : nothing}</div>
			<div role="cell" class="name"><a href=${link(['targets', row.name])} title=${labels || nothing}>${row.name}</a>
				<span class="dim">${[row.address, row.module].filter(Boolean).join(' · ')}</span></div>
			<div role="cell" class="what">${what(row)}</div>
			<div role="cell" class="since" title=${row.since ? time(row.since) : nothing}>${row.state === 'by-hand' ? nothing : ago(row.since)}</div>
			<div role="cell" class="loss ${row.lossRatio?.tenMinutes > 0 ? 'some' : ''}">${percent(row.lossRatio?.tenMinutes)}</div>
			<div role="cell" class="trip">${millis(row.roundTripMicros)}</div>
			<div role="cell" class="rounds">${sparkline(row.rounds)}</div>
		</div>`
	}

	/** From one target to the next, by the arrows. */
	#moved(event) {
		const by = {ArrowDown: 1, ArrowUp: -1}[event.key]
		const row = event.target.closest('.rows [role=row]')
		const next = by && row && (by > 0 ? row.nextElementSibling : row.previousElementSibling)
		if (next) {
			event.preventDefault()
			next.querySelector('a').focus()
			next.scrollIntoView({block: 'nearest'})
		}
	}

	/** Where rows are, is not for a template to say: a style in markup is against the policy of the page. */
	drawn() {
		const rows = document.querySelector('.targets .rows')
		if (!rows) return
		const height = rowHeight(rows)
		rows.style.height = this.#page.total * height + 'px'
		rows.style.paddingTop = this.#page.offset * height + 'px'
		this.#scrolled()
	}

	#scrolled = () => {
		const rows = document.querySelector('.targets .rows')
		if (!rows) return
		const height = rowHeight(rows)
		const first = Math.max(0, Math.floor(-rows.getBoundingClientRect().top / height))
		const shown = Math.ceil(innerHeight / height)
		const ahead = Math.max(0, first - this.#offset)
		const missing = first < this.#offset || (first + shown > this.#offset + this.#limit && ahead > 0)
		if (missing || this.#limit < shown + AROUND) {
			this.#offset = Math.max(0, Math.floor((first - AROUND) / STEP) * STEP)
			this.#limit = Math.min(200, Math.ceil((shown + 2 * AROUND + STEP) / STEP) * STEP)
			this.#context.watch(this.watch)
		}
	}
}

const rowHeight = (rows) => parseFloat(getComputedStyle(rows).getPropertyValue('--row'))

/** The sentence without the name and the address, which stand beside it; or why there is none. */
function what(row) {
	if (row.problem) return row.problem
	if (!row.detail) return row.allowed === false ? 'it has no address, or may not be sent to' : row.state === 'by-hand' ? 'asked by hand only' : nothing
	for (const subject of [`${row.name} (`, row.name + ' ', row.address + ' ']) {
		if (row.detail.startsWith(subject)) return row.detail.slice(subject.endsWith('(') ? row.detail.indexOf(') ') + 2 : subject.length)
	}
	return row.detail
}
