// The page: which view an address shows, and the stream that feeds it.

import {html, nothing, render} from './lit-html/lit-html.js'
import {frame} from './frame.js'
import {setClock, stopClock} from './format.js'
import {follow, here, parse} from './route.js'
import {Stream} from './stream.js'
import {TargetsView} from './targets.js'

const root = document.getElementById('app')

/** What is known of the service as a whole, and of where one is. */
const state = {service: {}, summary: undefined, stream: undefined, refused: undefined, view: undefined, name: '', list: '#/targets'}

/** Whoever waits for longer wants to know for what. */
const SLOW_MILLIS = 400

const SETTLED_MILLIS = 60_000

/** Where a tab keeps for which version of the service it was loaded anew. */
const UPDATED = 'udp-probe.updated'

/** How far each list was scrolled, by its address. */
const scrolled = new Map()

let key

let scheduled = false

function update() {
	if (!scheduled) {
		scheduled = true
		requestAnimationFrame(() => {
			scheduled = false
			draw()
		})
	}
}

function draw() {
	head()
	render(frame(state), root)
	// Where what stays on the screen ends, which depends on how wide that is.
	document.documentElement.style.setProperty('--top', document.querySelector('.top').offsetHeight + 'px')
	state.view?.drawn?.()
}

/** What a tab shows, even one that is not drawn. */
function head() {
	const down = stream.live && state.summary?.down
	document.title = (down ? `(${down} down) ` : '') + [state.view?.title, 'udp-probe'].filter(Boolean).join(' · ')
	const icon = document.querySelector('link[rel=icon]')
	const href = icon.getAttribute('href').replace(/icon(-down)?\.svg$/, down ? 'icon-down.svg' : 'icon.svg')
	if (icon.getAttribute('href') !== href) icon.setAttribute('href', href)
}

const stream = new Stream({
	begin() {
		// What could not be loaded, can be now.
		if (state.refused?.again) state.refused.again()
		state.refused = undefined
		for (const name of Object.keys(state.service)) delete state.service[name]
		state.view?.begin?.()
	},
	event(name, data) {
		if (name === 'service') serve(data)
		else if (name === 'summary') {
			state.summary = data
			setClock(data.time)
		}
		state.view?.event?.(name, data)
		update()
	},
	liveness() {
		stopClock(!stream.live)
		head()
		update()
	},
	refused(problem) {
		state.refused = problem
		update()
	},
})

state.stream = stream

/**
 * A service that was updated has other files, and those of this page may be gone. Where a proxy leads to two versions in turn, a
 * page that was just loaded for the other one stays for a while.
 */
function serve(service) {
	Object.assign(state.service, service)
	const {page} = state.service
	if (import.meta.url.includes(`/${page}/`) || stream.paused) return
	if (!loadedFor(page) || performance.now() > SETTLED_MILLIS) location.reload()
}

/** @returns whether this tab was loaded for a version before, if it may know */
function loadedFor(page) {
	try {
		const before = sessionStorage.getItem(UPDATED) === page
		sessionStorage.setItem(UPDATED, page)
		return before
	} catch {
		return true
	}
}

/** Of each view, what makes it. Those that not everybody opens are loaded when somebody does. */
const VIEWS = {
	targets: async () => TargetsView,
	target: async () => (await import('./target.js')).TargetView,
	ask: async () => (await import('./ask.js')).AskView,
	echo: async () => (await import('./echo.js')).EchoView,
}

function nameOf(path) {
	if (path[0] === 'targets' && path.length > 1) return 'target'
	return ['ask', 'echo'].includes(path[0]) ? path[0] : 'targets'
}

async function go() {
	const name = nameOf(parse(here()).path)
	const next = name === 'target' ? here() : name
	if (state.name === 'targets' && name !== 'targets') scrolled.set(state.list, scrollY)
	const anew = key !== next
	if (!anew) {
		if (state.refused?.again) state.refused = undefined
		// A view that is still to come reads the address itself.
		if (state.key === key) state.view.go?.(parse(here()))
	} else if (!await show(name, next)) return
	if (name === 'targets') state.list = here() || '#/targets'
	if (state.key === key) stream.watch(state.view.watch, anew)
	update()
}

/** @returns whether the view is there, unless somebody has gone elsewhere meanwhile */
async function show(name, next) {
	const first = key === undefined
	key = next
	let View
	const slow = setTimeout(() => {
		if (key !== next) return
		state.refused = {title: 'stopped', detail: 'Loading the view …'}
		update()
	}, SLOW_MILLIS)
	try {
		View = await VIEWS[name]()
	} catch {
		if (key === next) {
			key = state.key
			// Browsers keep that it could not be loaded.
			state.refused = {title: 'not-loaded', detail: 'This view could not be loaded.', again: () => location.reload()}
			update()
		}
		return false
	} finally {
		clearTimeout(slow)
	}
	if (key !== next) return false
	state.view?.close?.()
	const list = here() || '#/targets'
	Object.assign(state, {key, name, refused: undefined, view: new View({route: parse(here()), service: state.service,
		summary: () => state.summary, refused: () => state.refused, waiting, update, watch: (query) => stream.watch(query), scroll: name === 'targets' ? scrolled.get(list) ?? 0 : 0})})
	scrollTo(0, 0)
	draw()
	if (!first) document.querySelector(name === 'ask' ? 'form.ask input' : '#main').focus({preventScroll: true})
	return true
}

/** What a view says that was told nothing yet. */
const waiting = () => stream.unreachable ? html`<p class="empty">Nothing is known yet: the service cannot be reached.</p>` : nothing

follow(go)
go()
