// Asks a target anything that the API can ask, and shows what came of it.

import {html, nothing} from './lit-html/lit-html.js'
import {mayAsk, whyNot} from './access.js'
import {get} from './api.js'
import {takeAsked} from './askbar.js'
import {curl, HIDDEN} from './curl.js'
import {MtuAsk} from './mtu.js'
import {PingAsk} from './ping.js'
import {fieldOf, HOWS, Question} from './question.js'
import {here, link, replace} from './route.js'
import {SendAsk} from './send.js'
import {TraceAsk} from './trace.js'

const ASKS = {send: SendAsk, ping: PingAsk, trace: TraceAsk, mtu: MtuAsk}

/** Nothing is looked up while somebody types. */
const PAUSE_MILLIS = 250

const NOT_FOUND = 404

export class AskView {
	title = 'Ask'
	watch = ''
	#context
	#query = new URLSearchParams()

	/** All that there are, and by which module each target is configured to be asked. */
	#modules = []
	#loading
	#configured = new Map()

	/** That of the target which is named now; undefined while nobody knows, or if there is none. */
	#module
	#timer

	#ask
	#asked
	#abort
	#opened

	/** Whether something has to be known first. */
	#starting = false

	#begun = false

	constructor(context) {
		this.#context = context
		this.#load()
		this.go(context.route)
		this.#opened = this.#question.options.some(([name]) => this.#query.has(name))
		// Only who asked on this page asks at once: a link from elsewhere sends nothing.
		if (takeAsked(here())) this.#run()
	}

	close() {
		clearTimeout(this.#timer)
		this.#abort?.abort()
		this.#ask?.close?.()
	}

	/** While there was no stream, the configuration may have changed. */
	begin() {
		if (this.#begun) this.#forget()
		this.#begun = true
		this.#load()
		this.#look()
	}

	event(name) {
		// It names the target that is asked where none is named.
		if (name === 'service') this.#look()
	}

	go({query}) {
		if (query.get('target') !== this.#query.get('target')) this.#module = undefined
		this.#query = query
		this.#look()
	}

	/** Files of targets and modules are read again whenever they change. */
	#forget() {
		this.#configured.clear()
		this.#loading = undefined
	}

	/** @returns when the modules are known, or cannot be for now */
	#load() {
		this.#loading ??= get('modules').then((all) => {
			this.#modules = all
			this.#context.update()
		}, () => this.#loading = undefined)
		return this.#loading
	}

	#look() {
		const query = this.#query
		clearTimeout(this.#timer)
		this.#timer = setTimeout(async () => {
			const module = await this.#configuredFor(query)
			if (query === this.#query && module !== this.#module) {
				this.#module = module
				this.#context.update()
			}
		}, PAUSE_MILLIS)
	}

	get #question() {
		return new Question(this.#query, this.#modules, this.#module)
	}

	/** @returns the module that the target of a query has by itself */
	#configuredFor(query) {
		const target = query.get('target')?.trim() || this.#context.service.target || ''
		if (target === '') return undefined
		if (!this.#configured.has(target)) {
			this.#configured.set(target, get('targets/' + encodeURIComponent(target)).then((found) => found.target.module, (failure) => {
				if (failure.status === NOT_FOUND) return undefined
				// Another time, it may be known.
				this.#configured.delete(target)
				return this.#module
			}))
		}
		return this.#configured.get(target)
	}

	#set(name, value) {
		replace(link(['ask'], this.#question.with(name, value)))
	}

	/** Asks what stands there now, whatever somebody types meanwhile. */
	async #run() {
		this.#abort?.abort()
		const abort = new AbortController()
		this.#abort = abort
		this.#starting = true
		this.#context.update()
		const query = this.#query
		this.#forget()
		const [module] = await Promise.all([this.#configuredFor(query), this.#load()])
		if (abort.signal.aborted) return
		this.#starting = false
		const question = new Question(query, this.#modules, module)
		if (query === this.#query) this.#module = module
		this.#ask?.close?.()
		this.#asked = question.key
		this.#ask = new ASKS[question.how[0]](question.fields, {signal: abort.signal, update: this.#context.update, plain: question.plain, alike: question.alike,
			target: question.target || this.#context.service.target || 'the default target'})
		this.#context.update()
	}

	#stop() {
		this.#abort.abort()
		this.#starting = false
		// The button that has the focus goes.
		document.querySelector('form.ask .primary').focus()
		this.#context.update()
	}

	view() {
		if (!mayAsk(this.#context.service)) return html`<h1>Ask</h1>${whyNot(this.#context.service)}`
		const question = this.#question
		const former = this.#ask && !this.#starting && this.#asked !== question.key
		return html`
			<h1 class="unseen">Ask</h1>
			<form class="ask" @submit=${(event) => {
				event.preventDefault()
				this.#run()
			}}>
				<div class="row">
					${this.#input('target', 'Target', {placeholder: this.#context.service.target ?? 'a name or host:port', grow: true})}
					${this.#choice()}
					${question.takesMessage ? this.#input('message', 'Message', {placeholder: question.how[0] === 'send' ? 'hello, by default' : 'made up, by default', grow: true}) : nothing}
				</div>
				${question.module ? html`<p class="about dim">${question.module.about}</p>` : nothing}
				${question.settings.length ? html`<div class="row">${question.settings.map((setting) => this.#input(fieldOf(setting), setting.name,
					{placeholder: this.#query.get('module') ? setting.value ?? setting.takes : 'as configured', about: `${setting.about}; it takes ${setting.takes}`}))}</div>` : nothing}
				<div class="row">
					<fieldset class="hows"><legend class="unseen">How</legend>${HOWS.map(([name, words]) => html`
						<label><input type="radio" name="how" value=${name} .checked=${question.how[0] === name}
							@change=${() => this.#set('how', name === 'send' ? '' : name)}><span>${words}</span></label>`)}</fieldset>
					${this.#beside(question)}
					<button class="primary">Run</button>
					${this.#starting || this.#ask?.running ? html`<button type="button" @click=${() => this.#stop()}>Stop</button>` : nothing}
				</div>
				<details class="options" ?open=${this.#opened}><summary>Options</summary>
					<div class="row">${question.options.map(([name, words, placeholder]) => this.#input(name, words, {placeholder}))}</div>
				</details>
			</form>
			<p class="unseen" role="status">${this.#ask?.status ?? ''}</p>
			<section class=${former ? 'former' : ''}>
				${former ? html`<p class="dim">The result of the question before this one:</p>` : nothing}
				${this.#starting ? html`<p class="dim">waiting …</p>` : this.#ask?.view() ?? nothing}
			</section>
			${curl(question.how[0], {body: question.fields})}`
	}

	#choice() {
		const chosen = this.#query.get('module') ?? ''
		return html`<label class="field"><span>Module</span><select name="module" .value=${chosen} @change=${(event) => this.#set('module', event.target.value)}>
			${chosen && !this.#modules.some(({name}) => name === chosen) ? html`<option value=${chosen} selected>${chosen}</option>` : nothing}
			<option value="">${this.#module ? `${this.#module}, as configured` : 'none: a plain message'}</option>
			${this.#modules.map(({name}) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}
		</select></label>`
	}

	/** What stands beside the choice of how to ask. */
	#beside(question) {
		switch (question.how[0]) {
			case 'send': return html`<label class="check"><input type="checkbox" .checked=${question.plain}
				@change=${(event) => this.#set('plain', event.target.checked ? '' : 'no')}>also by an unconnected socket</label>`
			case 'ping': return html`${this.#input('count', 'Count', {placeholder: '4', narrow: true})}${this.#input('interval', 'Interval', {placeholder: '1s', narrow: true})}`
			default: return nothing
		}
	}

	#input(name, words, {placeholder = '', grow = false, about, narrow = false} = {}) {
		const value = this.#query.get(name) ?? ''
		return html`<label class="field ${grow ? 'grow' : ''} ${narrow ? 'narrow' : ''}"><span>${words}${HIDDEN.test(value)
			? ', with characters that are not seen: look at the command below' : ''}</span><input name=${name} autocomplete="off" spellcheck="false"
			autocapitalize="off" placeholder=${placeholder} title=${about ?? nothing} .value=${value}
			@input=${(event) => this.#set(name, event.target.value)}></label>`
	}
}
