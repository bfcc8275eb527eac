// The path of a datagram as a picture: how far it got, who stopped it, and whom the answer came back to.

import {html, nothing, svg} from './lit-html/lit-html.js'
import {kindOf, severity, shape, word} from './outcome.js'

const LEFT = 50

const OUT = 34

const BACK = 74

/** From one node to the next, at the most; and below which there is no room for addresses. */
const STEP = 150

const TIGHT = 92

const PROGRAM = 0

const KERNEL = 1

/**
 * @typedef {object} Node a place on the path
 * @property {string} label what it is
 * @property {string} [brief] the same where there is little room
 * @property {string[]} [who] its address; of several routers, all
 * @property {string} [kind] what came of the datagram there
 * @property {boolean} [beyond] whether nothing is known to have got there
 */

/**
 * @param exchange as the API tells it
 * @param unheard where another socket was told of an ICMP error that this one was not, that exchange
 * @param hops of a trace, if there was one
 * @param room how wide the picture may be, in pixels
 */
export function picture(exchange, {unheard, hops = [], room = 520} = {}) {
	const told = unheard ?? exchange
	const nodes = [{label: 'program'}, {label: 'kernel', who: [own(exchange) ?? own(told)].filter(Boolean)}, ...between(told, hops),
		{label: 'target', who: [host(told.remoteAddress) ?? told.target]}]
	if (told.repliedBy) nodes.push({label: 'another address', brief: 'another', who: [host(told.repliedBy)]})
	const stop = placeOf(told, nodes)
	const reached = stop ?? (hops.length ? nodes.findLastIndex((node) => node.spoke) : KERNEL)
	const end = Math.max(reached, KERNEL)
	nodes.forEach((node, i) => node.beyond = i > (stop ?? end))
	const kind = kindOf(told)
	if (stop !== undefined) nodes[stop].kind = kind
	return draw(nodes, {stop, end, kind, back: back(told, stop), unheard, room: Math.min(room, innerWidth - 60)})
}

/** @returns the address without its port: [::1]:53, 192.0.2.1:53, or an address alone */
const host = (address) => address?.replace(/^\[(.*)\]:\d+$|^([^:]*):\d+$/, '$1$2')

/** @returns the own address, unless the socket has none */
const own = (exchange) => host(exchange.localAddress)?.match(/^(0\.0\.0\.0|::)$/) ? undefined : host(exchange.localAddress)

/** @returns the routers that are known: one for each hop, or the one that sent an ICMP error */
function between(told, hops) {
	const target = host(told.remoteAddress)
	const routers = hops.filter((hop) => !hop.reporters.includes(target)).map((hop) => ({
		label: hop.reporters.length > 1 ? `${hop.reporters.length} routers` : hop.reporters.length ? 'router' : 'silent', brief: `hop ${hop.hop}`,
		who: hop.reporters, spoke: hop.reporters.length > 0}))
	// Silence at the end is no place that is known.
	while (routers.length && !routers.at(-1).spoke) routers.pop()
	const reporter = told.icmp?.reporter
	const known = [target, own(told), ...routers.flatMap((router) => router.who)]
	if (reporter && !known.includes(reporter)) routers.push({label: 'router', who: [reporter], spoke: true})
	return routers
}

/** @returns the index of the node that answered or stopped it; undefined if nobody knows */
function placeOf(told, nodes) {
	switch (told.outcome) {
		case 'timed-out': return undefined
		case 'unresolved': return PROGRAM
		case 'not-sent': return KERNEL
		case 'replied': case 'mismatched': case 'misaddressed': return nodes.length - 1
		default: {
			if (!told.icmp) return KERNEL
			const reporter = nodes.findLastIndex((node) => node.who?.includes(told.icmp.reporter))
			// The own kernel reports where a neighbour does not answer.
			return reporter >= KERNEL ? reporter : nodes.length - 1
		}
	}
}

/** @returns what came back; undefined if nothing did */
function back(told, stop) {
	if (stop === undefined || (stop <= KERNEL && !told.icmp)) return undefined
	return told.icmp ? `ICMP ${told.icmp.meaning.replaceAll('-', ' ')}` : told.outcome === 'replied' ? 'reply' : 'another datagram'
}

function draw(nodes, {stop, end, kind, back, unheard, room}) {
	const last = nodes.length - 1
	const step = Math.max(44, Math.min(STEP, (room - 2 * LEFT) / last))
	const tight = step < TIGHT
	const x = (i) => LEFT + i * step
	const width = LEFT * 2 + last * step
	const to = unheard ? KERNEL : PROGRAM
	const brief = step < 120 ? back?.replace(/^ICMP /, '') : back
	return html`<div class="picture" tabindex=${width > room ? 0 : nothing} role="group" aria-label="Picture of the path"><svg viewBox="0 0 ${width} 124" width=${width} height="124" role="img" aria-label=${said(nodes, stop, end, kind, back, unheard)}>
		${arrow(x(PROGRAM), x(end), OUT, 'out')}
		${stop === undefined ? svg`${arrow(x(end), x(last), OUT, 'lost')}<text class="warn" x=${(x(end) + x(last)) / 2} y=${OUT - 14}>no answer</text>` : nothing}
		${back ? svg`${arrow(x(stop), x(to), BACK, `back ${severity(kind)}`)}<text class=${severity(kind)} x=${(x(stop) + x(to)) / 2} y=${BACK - 8}>${brief}</text>` : nothing}
		${unheard && back ? svg`<path class="wall" d="M${x(KERNEL) - 22} ${BACK - 12}v24"></path><text class="warn" x=${x(PROGRAM)} y=${BACK + 4}>not told</text>` : nothing}
		${nodes.map((node, i) => svg`
			<g class="node ${node.beyond ? 'beyond' : ''}" transform="translate(${x(i)} ${OUT})">
				<circle r="11"></circle>
				${node.kind ? svg`<g class=${severity(node.kind)} transform="translate(-8 -8)">${shape(node.kind)}</g>` : nothing}
			</g>
			<text class="label" x=${x(i)} y="102">${tight ? node.brief ?? node.label : node.label}</text>
			<text class="who" x=${x(i)} y="118">${tight && node.brief ? nothing : short(node.who?.[0])}<title>${node.who?.join(', ') || node.label}</title></text>`)}
	</svg></div>`
}

const short = (who = '') => who.length > 17 ? who.slice(0, 8) + '…' + who.slice(-8) : who

function arrow(from, to, y, kind) {
	if (from === to) return nothing
	const way = Math.sign(to - from)
	const start = from + way * 13
	const end = to - way * 13
	return svg`<path class="arrow ${kind}" d="M${start} ${y}H${end}"></path>
		<path class="head ${kind}" d="M${end - way * 6} ${y - 4}l${way * 6} 4l${-way * 6} 4"></path>`
}

const named = (node) => [node.label, node.who?.join(' and ')].filter(Boolean).join(' ')

function said(nodes, stop, end, kind, back, unheard) {
	const at = stop === undefined ? `no answer from beyond ${named(nodes[end])}` : `${word(kind)} at ${named(nodes[stop])}`
	const heard = !back ? '' : unheard ? `; ${back} came back to the kernel, and the program is not told` : `; ${back} came back to the program`
	return `The path: ${nodes.map(named).join(', ')}; ${at}${heard}.`
}
