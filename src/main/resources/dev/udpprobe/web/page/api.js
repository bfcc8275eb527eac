// Requests to the service.

const JSON_HEADERS = {'Content-Type': 'application/json', 'Accept': 'application/json'}

/** @returns what was answered, a problem too; one that was not answered is told as a problem */
export async function post(path, fields, signal) {
	try {
		const answer = await fetch(path, {method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(fields), signal})
		return await answer.json()
	} catch (failure) {
		return {title: 'no-answer', detail: signal?.aborted ? 'it was stopped' : `the service does not answer: ${failure.message}`}
	}
}

export async function get(path) {
	const answer = await fetch(path, {headers: {Accept: 'application/json'}})
	if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
	return answer.json()
}

/**
 * Hears an answer line by line.
 * @param line takes each, as soon as it is there
 * @returns a problem, where there was one instead of lines or before the last of them; else undefined
 */
export async function lines(path, fields, signal, line) {
	try {
		const answer = await fetch(path, {method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(fields), signal})
		if (!answer.headers.get('Content-Type')?.includes('ndjson')) return await answer.json()
		let rest = ''
		for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
			const parts = (rest + part).split('\n')
			rest = parts.pop()
			parts.filter(Boolean).forEach((text) => line(JSON.parse(text)))
		}
		return undefined
	} catch (failure) {
		return signal?.aborted ? undefined : {title: 'no-answer', detail: `the service does not answer: ${failure.message}`}
	}
}
