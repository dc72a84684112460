import { type Html, html } from '../../../../domain/kernel/html.ts'
import type { OpenApiDocument, OpenApiOperation } from '../../openapi.ts'
import { phrase, words } from './markdown.ts'
import { fields, followed, type Schema, typeName } from './schema.ts'

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: Schema
}

interface Content {
  schema: Schema
  example?: unknown
}

interface Response {
  description: string
  content?: Record<string, Content>
}

const jsonOf = (content: Record<string, Content> | undefined): Content | undefined => content?.['application/json']
const pretty = (value: unknown) => JSON.stringify(value, null, 2)

const parameterRow = (document: OpenApiDocument, given: Parameter): Html => {
  const { name, in: place, required, description, schema } = followed(document, given)
  return html`<li><code>${name}</code>${required && html`<em>required</em>`} <span class="type">${place} · ${typeName(document, schema)}</span>
<p>${phrase(description ?? followed(document, schema).description)}</p></li>`
}

/** A line for a shell that does the operation. */
function curl(method: string, path: string, body: unknown): string {
  const lines = [`curl -X ${method.toUpperCase()} "$GUANXI${path.replaceAll(/\{(\w+)\}/g, '$$$1')}"`, `-H "Authorization: Bearer $TOKEN"`]
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body)}'`)
  return lines.join(' \\\n  ')
}

const problemRows = (document: OpenApiDocument, responses: [string, Response][]): Html =>
  html`<ul class="statuses">${responses.map(([status, given]) => html`<li><b>${status}</b> ${followed(document, given).description}</li>`)}</ul>`

/** One operation, with everything it takes and answers. */
export function operationSection(document: OpenApiDocument, method: string, path: string, operation: OpenApiOperation): Html {
  const body = operation.requestBody as { content: Record<string, Content> } | undefined
  const parameters = (operation.parameters ?? []) as Parameter[]
  const responses = Object.entries(operation.responses as Record<string, Response>)
  const good = responses.filter(([status]) => status < '300')
  const sent = jsonOf(body?.content)
  const answered = jsonOf(good[0]?.[1].content)
  return html`<article id="${operation.operationId}">
<h3>${operation.summary}</h3>
<p class="route"><b class="${method}">${method}</b> <code>${path}</code></p>
<div class="columns"><div>
${words(operation.description as string)}
${sent && html`<h4>Body</h4>${fields(document, sent.schema)}`}
<details><summary>Parameters (${parameters.length})</summary><ul class="fields">${parameters.map((one) => parameterRow(document, one))}</ul></details>
${answered && html`<details><summary>Answer</summary>${fields(document, answered.schema)}</details>`}
<details><summary>Statuses</summary>${problemRows(document, responses)}</details>
</div><div>
<pre>${curl(method, path, sent?.example)}</pre>
${answered?.example !== undefined && html`<p class="status">${good[0]?.[0]}</p><pre>${pretty(answered.example)}</pre>`}
</div></div>
</article>`
}
