// Asks a target anything that the API can ask, and shows what came of it.

import {html, nothing} from './lit-html/lit-html.js'
import {get} from './api.js'
import {curl} from './curl.js'
import {link, replace} from './route.js'
import {MtuAsk} from './mtu.js'
import {PingAsk} from './ping.js'
import {SendAsk} from './send.js'
import {TraceAsk} from './trace.js'

const HOWS = [['send', 'Send', SendAsk], ['ping', 'Ping', PingAsk], ['trace', 'Trace', TraceAsk], ['mtu', 'MTU', MtuAsk]]

/** Nothing is looked up while somebody types. */
const PAUSE_MILLIS = 250

let modules

export class AskView {
	title = 'Ask'
	watch = ''
	#context
	#query = new URLSearchParams()
	#ask
	#abort

	constructor(context) {
		this.#context = context
		modules ??= get('modules').catch(() => [])
		modules.then((all) => {
			this.modules = all
			context.update()
		})
		this.go(context.route)
		// Only who asked on this page asks at once: a link from elsewhere sends nothing.
		if (sessionStorage.getItem('ask') === 'now') {
			sessionStorage.removeItem('ask')
			this.#run()
		}
	}

	modules = []

	/** By which module a target is configured to be asked: a promise for each that somebody named. */
	#configured = new Map()

	/** The same of the target that is named now; undefined while nobody knows, or if there is none. */
	#module

	#timer

	close() {
		clearTimeout(this.#timer)
		this.#abort?.abort()
		this.#ask?.close?.()
	}

	go({query}) {
		this.#query = query
		this.#module = undefined
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.#lookUp(), PAUSE_MILLIS)
	}

	get #how() {
		return HOWS.find(([name]) => name === this.#query.get('how')) ?? HOWS[0]
	}

	get #named() {
		return this.modules.find((module) => module.name === this.#query.get('module'))
	}

	async #lookUp() {
		const target = this.#query.get('target') ?? ''
		if (!this.#configured.has(target)) {
			this.#configured.set(target, target === '' || target.includes(':') ? undefined
				: get('targets/' + encodeURIComponent(target)).then((found) => found.target.module, () => undefined))
		}
		const module = await this.#configured.get(target)
		if (target === (this.#query.get('target') ?? '') && module !== this.#module) {
			this.#module = module
			this.#context.update()
		}
	}

	/** @returns the fields of the request */
	get #fields() {
		const fields = {}
		for (const [name, value] of this.#query) {
			if (name !== 'how' && name !== 'plain' && value !== '') fields[name] = value
		}
		if (this.#how[0] === 'send' && !fields.module && !this.#module && fields.message === undefined) fields.message = 'hello'
		for (const name of ['count', 'tries', 'size', 'maxHops']) if (/^\d+$/.test(fields[name] ?? '')) fields[name] = Number(fields[name])
		return fields
	}

	#set(name, value) {
		const query = Object.fromEntries(this.#query)
		if (name === 'module') {
			for (const key of Object.keys(query)) if (key.startsWith('module.')) delete query[key]
		}
		replace(link(['ask'], {...query, [name]: value}))
	}

	async #run() {
		this.#abort?.abort()
		this.#ask?.close?.()
		const abort = new AbortController()
		this.#abort = abort
		await this.#lookUp()
		if (abort.signal.aborted) return
		const [how, , Ask] = this.#how
		this.#ask = new Ask(this.#fields, {signal: abort.signal, update: this.#context.update,
			plain: how === 'send' && this.#query.get('plain') !== 'no'})
		this.#context.update()
	}

	view() {
		return html`
			<h1 class="unseen">Ask</h1>
			<form class="ask" @submit=${(event) => {
				event.preventDefault()
				this.#run()
			}}>
				<div class="line">
					${this.#input('target', 'Target', {placeholder: this.#context.service.target ?? 'a name or host:port', grow: true, focus: true})}
					<label class="field"><span>By</span><select name="module" @change=${(event) => this.#set('module', event.target.value)}>
						<option value="">${this.#module ? `${this.#module}, as configured` : 'a message'}</option>
						${this.modules.map(({name}) => html`<option value=${name} ?selected=${name === this.#query.get('module')}>${name}</option>`)}
					</select></label>
					${this.#named || this.#module ? nothing : this.#input('message', 'Message', {placeholder: 'hello', grow: true})}
				</div>
				${this.#settings()}
				<div class="line">
					<fieldset class="hows"><legend class="unseen">How</legend>${HOWS.map(([name, words]) => html`
						<label><input type="radio" name="how" value=${name} .checked=${this.#how[0] === name}
							@change=${() => this.#set('how', name === 'send' ? '' : name)}><span>${words}</span></label>`)}</fieldset>
					${this.#options()}
					<button class="primary">${this.#how[1]}</button>
					${this.#ask?.running ? html`<button type="button" @click=${() => this.#abort.abort()}>Stop</button>` : nothing}
				</div>
			</form>
			<section aria-live="polite" aria-busy=${this.#ask?.running ? 'true' : 'false'}>${this.#ask?.view() ?? nothing}</section>
			${curl(this.#how[0], {body: this.#fields})}`
	}

	#input(name, words, {placeholder = '', grow = false, focus = false, about, narrow = false} = {}) {
		return html`<label class="field ${grow ? 'grow' : ''} ${narrow ? 'narrow' : ''}"><span>${words}</span><input name=${name} autocomplete="off" spellcheck="false"
			autocapitalize="off" placeholder=${placeholder} title=${about ?? nothing} ?autofocus=${focus} .value=${this.#query.get(name) ?? ''}
			@input=${(event) => this.#set(name, event.target.value)}></label>`
	}

	#settings() {
		const module = this.#named
		if (!module) return nothing
		const open = module.settings.filter((setting) => !setting.secret)
		return html`<p class="about dim">${module.about}</p>${open.length === 0 ? nothing : html`<div class="line">${open.map((setting) =>
			this.#input(setting.name === 'message' ? 'message' : 'module.' + setting.name, setting.name,
				{placeholder: setting.value ?? setting.takes, about: `${setting.about}; it takes ${setting.takes}`}))}</div>`}`
	}

	#options() {
		switch (this.#how[0]) {
			case 'send': return html`<label class="check"><input type="checkbox" .checked=${this.#query.get('plain') !== 'no'}
				@change=${(event) => this.#set('plain', event.target.checked ? '' : 'no')}>ask by an unconnected socket, too</label>`
			case 'ping': return html`${this.#input('count', 'Count', {placeholder: '4', narrow: true})}${this.#input('interval', 'Interval', {placeholder: '1s', narrow: true})}`
			case 'trace': return this.#input('tries', 'Tries', {placeholder: '3', narrow: true})
			default: return nothing
		}
	}
}

/** What stands in the place of an answer where there is none. */
export const problem = (answer) => html`<div class="card problem" role="alert"><b>${answer.title}</b> ${answer.detail}</div>`
