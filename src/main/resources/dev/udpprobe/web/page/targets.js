// The list of targets, the worst first. Of thousands it asks for those on the screen, and some around them.

import {html, nothing} from './lit-html/lit-html.js'
import {repeat} from './lit-html/directives/repeat.js'
import {curl} from './curl.js'
import {count} from './format.js'
import {OUTCOMES, word} from './outcome.js'
import {link, params, replace} from './route.js'
import {row} from './row.js'
import {merge} from './stream.js'

const MAX_ROUNDS = 40

/** For so long rows keep their places for somebody who has pointed at one or has gone to it. */
const HELD_MILLIS = 5_000

/** What the service tells at the most. */
const MAX_ROWS = 200

/** How many rows to have ready above and below the screen, and in which steps to ask for others. */
const AROUND = 15

const STEP = 10

/** A click on the heading sorts by the third, which has that order, and again the other way round. */
const COLUMNS = [['state', 'State', 'worst', 'descending'], ['name', 'Target', 'name', 'ascending'], ['what', 'Last result'],
	['since', 'For', '-since', 'ascending'], ['loss', 'Loss, 10 min', '-loss', 'descending'],
	['trip', 'Round trip', '-round-trip', 'descending'], ['rounds', 'Last rounds']]

const reversed = (order) => order === 'ascending' ? 'descending' : 'ascending'

export class TargetsView {
	title = 'Targets'
	#context
	#query
	#rows = new Map()

	/** What is shown: so many targets, and the names of those from an offset on. */
	#page = {total: 0, names: [], offset: 0}

	/** The names that come next, while somebody is about to use a row. */
	#next

	/** When a pointer or the focus moved among the rows last. */
	#used = -HELD_MILLIS

	/** The address of the link that had the focus before the rows were drawn. */
	#focused

	#known = false

	/** What is asked for, and what the stream was opened with. */
	#offset = 0
	#begun = 0
	#limit = 50
	#fresh = true
	#scroll
	#listeners = new AbortController()

	constructor(context) {
		this.#context = context
		this.#scroll = context.scroll
		this.go(context.route)
		addEventListener('scroll', () => this.#scrolled(), {passive: true, signal: this.#listeners.signal})
		addEventListener('resize', () => context.update(), {signal: this.#listeners.signal})
	}

	close() {
		this.#listeners.abort()
	}

	go({query}) {
		const former = this.#query
		this.#query = {search: query.get('search') ?? '', state: query.get('state') ?? '', outcome: query.get('outcome') ?? '',
			sort: query.get('sort') ?? 'worst'}
		this.#offset = 0
		if (former && !this.#scroll) scrollTo(0, 0)
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
		this.#next = undefined
		this.#begun = this.#offset
	}

	event(name, data) {
		if (name === 'page') {
			const {names, ...rest} = data
			if (names) this.#next = names
			if (this.#fresh) this.#put()
			merge(this.#page, rest)
			this.#known = true
		} else if (name === 'targets') {
			if (this.#fresh) this.#rows.clear()
			this.#fresh = false
			for (const row of data) this.#take(row)
		}
	}

	/** Whether rows have to stay where they are; not for somebody who left the pointer there. */
	get #held() {
		return performance.now() - this.#used < HELD_MILLIS && document.querySelector('.rows :is(:hover, :focus)')
	}

	#put() {
		const names = this.#next ?? this.#page.names
		this.#next = undefined
		this.#page = {...this.#page, names, offset: this.#begun}
		const wanted = new Set(names)
		for (const name of this.#rows.keys()) if (!wanted.has(name)) this.#rows.delete(name)
	}

	#take({rounds, ...changed}) {
		// With its address, a row is told from its beginning.
		const row = merge('address' in changed ? {rounds: []} : this.#rows.get(changed.name) ?? {rounds: []}, changed)
		if (rounds) row.rounds = [...row.rounds, ...rounds].slice(-MAX_ROUNDS)
		this.#rows.set(changed.name, row)
	}

	#show(changes) {
		replace(link(['targets'], {...this.#query, ...changes}))
	}

	view() {
		if (this.#next && !this.#held) this.#put()
		this.#focused = document.activeElement?.closest('.rows a')?.getAttribute('href')
		return html`
			<h1 class="unseen">Targets</h1>
			<div class="filters" role="search">
				<label class="grow"><span class="unseen">Filter</span><input type="search" placeholder="Filter by name, address or label=value"
					.value=${this.#query.search} @input=${(event) => this.#show({search: event.target.value})}></label>
				${this.#choice('state', 'Any state', ['down', 'unknown', 'up', 'by-hand'])}
				${this.#choice('outcome', 'Any outcome', OUTCOMES)}
				<span class="found" role="status">${this.#known ? html`<b>${count(this.#page.total)}</b> ${this.#page.total === 1 ? 'target' : 'targets'}` : nothing}</span>
			</div>
			${!this.#known ? this.#context.waiting() : nothing}
			${this.#known && this.#page.total === 0 && !this.#context.refused() ? html`<p class="empty">No target matches.
				<button @click=${() => this.#clear()}>Clear the filter</button></p>` : this.#table()}
			${this.#hint()}
			${curl('targets', {query: this.#asked})}`
	}

	#clear() {
		document.querySelector('input[type=search]').focus()
		this.#show({search: '', state: '', outcome: ''})
	}

	/** For who starts: without a schedule there is nothing to see. */
	#hint() {
		const summary = this.#context.summary()
		return summary && summary.targets === summary.byHand ? html`<p class="empty">No target is monitored. One of the configuration that
			names a <code>module</code> is probed every 10 s; then this list says whether it is up, and since when.</p>` : nothing
	}

	#choice(field, any, values) {
		return html`<label><span class="unseen">${field}</span><select .value=${this.#query[field]}
			@change=${(event) => this.#show({[field]: event.target.value})}>
			<option value="">${any}</option>
			${values.map((value) => html`<option value=${value} ?selected=${this.#query[field] === value}>${word(value)}</option>`)}
		</select></label>`
	}

	#table() {
		const rows = this.#page.names.map((name, i) => [this.#page.offset + i, name])
		const used = () => this.#used = performance.now()
		return html`<div role="table" class="targets" aria-label="Targets" aria-rowcount=${this.#page.total + 1} @keydown=${moved}>
			<div role="rowgroup" class="head"><div role="row" aria-rowindex="1">${COLUMNS.map((column) => this.#heading(column))}</div></div>
			<div role="rowgroup" class="rows" @pointermove=${used} @focusin=${used}>${repeat(rows, ([, name]) => name,
				([index, name]) => row(index, this.#rows.get(name) ?? {name, rounds: []}))}</div>
		</div>`
	}

	#heading([key, words, sort, order]) {
		if (!sort) return html`<div role="columnheader" class=${key}>${words}</div>`
		const other = sort.startsWith('-') ? sort.slice(1) : '-' + sort
		const now = this.#query.sort === sort ? order : this.#query.sort === other ? reversed(order) : 'none'
		return html`<div role="columnheader" class=${key} aria-sort=${now}><button
			@click=${() => this.#show({sort: this.#query.sort === sort ? other : sort})}>${words}</button></div>`
	}

	/** Where rows are, is not for a template to say: a style in markup is against the policy of the page. */
	drawn() {
		const rows = document.querySelector('.targets .rows')
		if (!rows) return
		const height = rowHeight(rows)
		rows.style.height = this.#page.total * height + 'px'
		rows.style.paddingTop = Math.min(this.#page.offset, this.#page.total) * height + 'px'
		if (this.#scroll && this.#known) {
			scrollTo(0, this.#scroll)
			this.#scroll = 0
		}
		// A row that is put elsewhere loses it.
		if (this.#focused && document.activeElement === document.body) {
			const link = rows.querySelector(`a[href="${CSS.escape(this.#focused)}"]`) ?? document.getElementById('main')
			const used = this.#used
			link.focus({preventScroll: true})
			this.#used = used
		}
		this.#scrolled()
	}

	#scrolled() {
		const rows = document.querySelector('.targets .rows')
		if (!rows || !this.#known) return
		const height = rowHeight(rows)
		const first = Math.min(Math.max(0, Math.floor(-rows.getBoundingClientRect().top / height)), Math.max(0, this.#page.total - 1))
		const shown = Math.ceil(innerHeight / height)
		const beyond = Math.min(first + shown, this.#page.total) > this.#offset + this.#limit
		if (first < this.#offset || beyond || this.#limit < Math.min(shown + AROUND, MAX_ROWS)) {
			this.#offset = Math.max(0, Math.floor((first - AROUND) / STEP) * STEP)
			this.#limit = Math.min(MAX_ROWS, Math.ceil((shown + 2 * AROUND + STEP) / STEP) * STEP)
			this.#context.watch(this.watch)
		}
	}
}

/** From one target to the next, by the arrows. */
function moved(event) {
	const by = {ArrowDown: 1, ArrowUp: -1}[event.key]
	const row = event.target.closest('.rows [role=row]')
	const next = by && row && (by > 0 ? row.nextElementSibling : row.previousElementSibling)
	if (next) {
		event.preventDefault()
		next.querySelector('a').focus()
		next.scrollIntoView({block: 'nearest'})
	}
}

const rowHeight = (rows) => parseFloat(getComputedStyle(rows).getPropertyValue('--row'))
