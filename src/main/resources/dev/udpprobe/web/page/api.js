// Requests to the service. What is asked goes as a form, as by curl -d.

import {params} from './route.js'

const request = (fields, signal) => ({method: 'POST', headers: {Accept: 'application/json'}, body: params(fields), signal})

/** What stands in the place of an answer where there is none. */
const failed = (failure) => failure.name === 'AbortError' ? {title: 'stopped', detail: 'Stopped.'}
	: {title: 'no-answer', detail: 'The service does not answer.'}

/** @returns what was answered, a problem too; one that was not answered is told as a problem */
export async function post(path, fields, signal) {
	try {
		return await (await fetch(path, request(fields, signal))).json()
	} catch (failure) {
		return failed(failure)
	}
}

export async function get(path) {
	const answer = await fetch(path, {headers: {Accept: 'application/json'}})
	if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), {status: answer.status})
	return answer.json()
}

/**
 * Hears an answer line by line.
 * @param line takes each, as soon as it is there
 * @returns a problem, where there was one instead of lines or before the last of them; else undefined
 */
export async function lines(path, fields, signal, line) {
	try {
		const answer = await fetch(path, request(fields, signal))
		if (!answer.headers.get('Content-Type')?.includes('ndjson')) return await answer.json()
		// Not every browser goes through a stream by a loop.
		const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
		let rest = ''
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			const parts = (rest + part.value).split('\n')
			rest = parts.pop()
			parts.filter(Boolean).forEach((text) => line(JSON.parse(text)))
		}
		return undefined
	} catch (failure) {
		return failed(failure)
	}
}
