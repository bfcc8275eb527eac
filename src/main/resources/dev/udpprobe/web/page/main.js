// The page: which view an address shows, and the stream that feeds it.

import {render} from './lit-html/lit-html.js'
import {frame} from './frame.js'
import {setClock} from './format.js'
import {parse} from './route.js'
import {Stream} from './stream.js'
import {TargetsView} from './targets.js'

const root = document.getElementById('app')

/** What is known of the service as a whole. */
const state = {service: {}, summary: undefined, live: false, heard: 0, view: undefined, name: ''}

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
	document.title = title()
	const icon = document.querySelector('link[rel=icon]')
	const href = icon.getAttribute('href').replace(/icon(-down)?\.svg$/, state.live && state.summary?.down ? 'icon-down.svg' : 'icon.svg')
	if (icon.getAttribute('href') !== href) icon.setAttribute('href', href)
	render(frame(state), root)
	state.view?.drawn?.()
}

function title() {
	const down = state.live && state.summary?.down ? `(${state.summary.down} down) ` : ''
	return down + [state.view?.title, 'udp-probe'].filter(Boolean).join(' · ')
}

const stream = new Stream({
	begin: () => state.view?.begin?.(),
	event(name, data) {
		if (name === 'service') Object.assign(state.service, data)
		else if (name === 'summary') {
			state.summary = data
			setClock(data.time)
		} else state.view?.event?.(name, data)
		update()
	},
	liveness() {
		state.live = stream.live
		state.heard = stream.heard
		update()
	},
})

/** Of each view, what makes it. Those that not everybody opens are loaded when somebody does. */
const VIEWS = {
	targets: async () => TargetsView,
	target: async () => (await import('./target.js')).TargetView,
	ask: async () => (await import('./ask.js')).AskView,
	echo: async () => (await import('./echo.js')).EchoView,
}

function nameOf(path) {
	if (path[0] === 'targets' && path.length > 1) return 'target'
	return path[0] in VIEWS ? path[0] : 'targets'
}

async function go() {
	const route = parse(location.hash)
	const name = nameOf(route.path)
	const key = name === 'target' ? location.hash : name
	if (state.key === key) {
		state.view.go?.(route)
	} else {
		state.key = key
		const View = await VIEWS[name]()
		if (state.key !== key) return
		state.view?.close?.()
		state.name = name
		state.view = new View({route, service: state.service, summary: () => state.summary, update, watch: (query) => stream.watch(query)})
		scrollTo(0, 0)
	}
	stream.watch(state.view.watch)
	update()
}

addEventListener('hashchange', go)
go()
