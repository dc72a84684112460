import { type FieldError, Problem } from '../../kernel/errors.ts'
import { LiquidFault, parseText, renderText, variablesOf } from '../../platform/index.ts'
import { isMergeField, mergeFields, mergeTree, withoutDefault } from './merge-fields.ts'
import type { Compiled, MessageTemplate } from './message-template.ts'
import { attachmentsPlace, hiddenOpening, plainTextOf } from './plain-text.ts'

type Source = Pick<MessageTemplate, 'subject' | 'preheader' | 'body' | 'defaults' | 'locale'>

/** Mailboxes cut off what is longer, with the unsubscribe link. */
const mostBytes = 100 * 1024

const refused = (errors: FieldError[]): Problem =>
  new Problem('invalid', errors[0]!.code, `${errors[0]!.pointer}: ${errors[0]!.message}`, { errors: errors.slice(0, 20) })

/** The merge fields of one text; faults of Liquid and names that there are not, with their place. */
function readText(text: string, pointer: string): { used: string[]; errors: FieldError[] } {
  try {
    const parsed = parseText(text, 'html')
    // A rendering of nothing: loops without end and blocks of memory show themselves here.
    renderText(parsed, mergeTree({}, {}), 'html')
    const used = variablesOf(parsed).filter((name) => name !== 'forloop' && !name.startsWith('forloop.'))
    const unknown = used.filter((name) => !isMergeField(name))
    const known = Object.keys(mergeFields).join(', ')
    const errors = unknown.map((name) => ({
      pointer,
      code: 'template.unknown-field',
      message: `There is no merge field ${name}. There are: ${known}.`,
    }))
    return { used, errors }
  } catch (error) {
    if (!(error instanceof LiquidFault)) throw error
    return {
      used: [],
      errors: [{ pointer, code: 'template.liquid', message: `Line ${error.line}, column ${error.column}: ${error.message}` }],
    }
  }
}

const words = { 'zh-CN': { unsubscribe: '退订' }, en: { unsubscribe: 'Unsubscribe' } }

/** The law wants a postal address and a way to say no in every marketing mail: what the body lacks is added at its end. */
function withFooter({ body, locale = 'zh-CN' }: Source, used: readonly string[]): string {
  const address = used.includes('tenant.postalAddress') ? '' : '{{ tenant.name }} · {{ tenant.postalAddress }}<br/>'
  const link = used.includes('unsubscribeUrl') ? '' : `<a href="{{ unsubscribeUrl }}">${words[locale].unsubscribe}</a>`
  const at = body.lastIndexOf('</mj-body>')
  if (at < 0) return body
  const place = `<mj-raw>${attachmentsPlace}</mj-raw>`
  if (address === '' && link === '') return `${body.slice(0, at)}${place}${body.slice(at)}`
  const footer = `<mj-section><mj-column><mj-text font-size="12px" line-height="1.6" color="#667085" align="center">${address}${link}</mj-text></mj-column></mj-section>`
  return `${body.slice(0, at)}${place}${footer}${body.slice(at)}`
}

/** Who has mails read aloud hears them in the language they are in, unless the body says another. */
const inLanguage = (body: string, locale: Source['locale'] = 'zh-CN'): string =>
  body.replace(/<mjml(?=[\s>])(?![^>]*\slang=)/, `<mjml lang="${locale}"`)

/** What mailboxes show behind the subject: first in the body, not to be seen. */
const withPreheader = (html: string, preheader: string | undefined): string =>
  preheader ? html.replace(/<body[^>]*>/, (tag) => `${tag}${hiddenOpening}${preheader}</div>`) : html

/**
 * Makes a template ready to be sent when it is saved. 422 with every fault and its place: `template.liquid`,
 * `template.unknown-field`, `template.default-missing`, `template.mjml`, `template.too-large`.
 */
export async function compileTemplate(source: Source): Promise<Compiled> {
  const { subject, preheader = '', body, defaults = {} } = source
  const read = { subject: readText(subject, '/subject'), preheader: readText(preheader, '/preheader'), body: readText(body, '/body') }
  const parts = Object.values(read)
  const faults = parts.flatMap(({ errors }) => errors)
  if (faults.length > 0) throw refused(faults)
  const used = [...new Set(parts.flatMap((part) => part.used))]
  const missing = withoutDefault(used, defaults)
  if (missing.length > 0)
    throw refused(
      missing.map((name) => ({
        pointer: '/defaults',
        code: 'template.default-missing',
        message: `Not every recipient has ${name}: give it a default, which may be empty.`,
      })),
    )
  const { compileMjml } = await import('./compile-mjml.ts')
  const { html, faults: ofMjml } = await compileMjml(inLanguage(withFooter(source, read.body.used), source.locale))
  if (ofMjml.length > 0)
    throw refused(ofMjml.map(({ line, message }) => ({ pointer: '/body', code: 'template.mjml', message: `Line ${line}: ${message}` })))
  const whole = withPreheader(html.replace(/>\s+</g, '> <').trim(), preheader)
  if (Buffer.byteLength(whole) > mostBytes)
    throw refused([
      {
        pointer: '/body',
        code: 'template.too-large',
        message: `As HTML it has ${Buffer.byteLength(whole)} bytes; mailboxes cut off what is longer than ${mostBytes}.`,
      },
    ])
  return {
    fields: [...new Set([...used, 'unsubscribeUrl', 'tenant.name', 'tenant.postalAddress'])].sort(),
    html: whole,
    text: plainTextOf(whole),
  }
}
