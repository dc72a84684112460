import { type Html, html } from '../../../../domain/kernel/html.ts'
import type { OpenApiDocument } from '../../openapi.ts'
import { phrase } from './markdown.ts'

/** A JSON schema as the document has it. */
export interface Schema {
  $ref?: string
  type?: string
  format?: string
  description?: string
  const?: unknown
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  maxLength?: number
  maxItems?: number
  minimum?: number
  maximum?: number
}

/** What a `$ref` of the document points to. */
export function followed<T>(document: OpenApiDocument, value: T & { $ref?: string }): T {
  if (!value.$ref) return value
  const parts = value.$ref.slice(2).split('/')
  return parts.reduce((place, part) => (place as Record<string, unknown>)[part], document as unknown) as T
}

const isNull = (schema: Schema) => schema.type === 'null'
const choicesOf = (schema: Schema) => (schema.anyOf ?? schema.oneOf ?? []).filter((choice) => !isNull(choice))

/** The schema that says what a value is, without `null` beside it. */
function core(document: OpenApiDocument, schema: Schema): Schema {
  const plain = followed(document, schema)
  const choices = choicesOf(plain)
  return choices.length === 1 ? core(document, choices[0]!) : plain
}

const safest = Number.MAX_SAFE_INTEGER

function limitsOf(schema: Schema): string {
  const { minimum, maximum, maxLength, maxItems, type } = schema
  if (type === 'integer' && maximum !== undefined && maximum < safest) return ` ${minimum ?? 0} to ${maximum}`
  if (type === 'string' && maxLength !== undefined && maxLength <= 4000 && !schema.format) return ` up to ${maxLength}`
  return type === 'array' && maxItems !== undefined && maxItems < 1000 ? ` up to ${maxItems}` : ''
}

function typeOf(document: OpenApiDocument, schema: Schema): string {
  const plain = core(document, schema)
  if (plain.const !== undefined) return JSON.stringify(plain.const)
  if (plain.enum) return plain.enum.map((value) => String(value)).join(' · ')
  const choices = choicesOf(plain)
  if (choices.length > 0) return choices.map((choice) => typeOf(document, choice)).join(' or ')
  if (plain.items) return `list of ${typeOf(document, plain.items)}${limitsOf(plain)}`
  return `${plain.format && plain.type === 'string' ? plain.format : (plain.type ?? 'anything')}${limitsOf(plain)}`
}

/** The objects within a value: those of its entries, or the shapes it may have. */
function within(document: OpenApiDocument, schema: Schema): Schema[] {
  const plain = core(document, schema)
  if (plain.items) return within(document, plain.items)
  if (plain.properties) return [plain]
  return choicesOf(plain).flatMap((choice) => within(document, choice))
}

/** One property; `around` are the objects it stands in, so that one which holds itself (a search tree) is shown once. */
const field = (document: OpenApiDocument, name: string, schema: Schema, required: boolean, around: Schema[]): Html => {
  const all = within(document, schema)
  const inner = all.filter((one) => !around.includes(one))
  const description = schema.description ?? core(document, schema).description
  return html`<li><code>${name}</code>${required && html`<em>required</em>`} <span class="type">${typeOf(document, schema)}</span>
${description && html`<p>${phrase(description)}</p>`}
${inner.length > 0 && html`<details><summary>${inner.length > 1 ? `one of ${inner.length} shapes` : 'its fields'}</summary>${inner.map((one) => fields(document, one, around))}</details>`}
${inner.length < all.length && html`<p>or the same again</p>`}</li>`
}

/** The fields of an object, nested ones folded. */
export function fields(document: OpenApiDocument, schema: Schema, around: Schema[] = []): Html {
  const plain = core(document, schema)
  return html`<ul class="fields">${Object.entries(plain.properties ?? {}).map(([name, inner]) =>
    field(document, name, inner, plain.required?.includes(name) ?? false, [...around, plain]),
  )}</ul>`
}

export { typeOf as typeName }
