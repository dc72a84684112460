import { type FieldError, Problem } from '../../../kernel/errors.ts'
import { pointerTo } from '../../../kernel/parse-input.ts'
import { LiquidFault, parseText, renderText, variablesOf } from '../../template/liquid-text.ts'
import { type DocumentValues, documentValues, knownNames } from '../compose/document-values.ts'
import { lineColumns, statementColumns } from '../compose/line-columns.ts'
import { printableWidth } from '../paper.ts'
import { sampleView } from '../sample-views.ts'
import type { Layout } from './layout.ts'
import type { TemplateContent } from './template.ts'

type Path = (string | number)[]

/** Texts of a layout stand under these names; whatever else is text there is a choice of the schema. */
const textNames = new Set(['title', 'subtitle', 'details', 'heading', 'text', 'label', 'name', 'footer'])

/** All texts that may hold Liquid, with where they stand. */
function textsIn(value: unknown, path: Path): { text: string; path: Path }[] {
  if (Array.isArray(value)) return value.flatMap((inner, i) => textsIn(inner, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner === 'string') return textNames.has(name) ? [{ text: inner, path: [...path, name] }] : []
    if (name === 'lines' && Array.isArray(inner)) return inner.map((text, i) => ({ text: String(text), path: [...path, name, i] }))
    return textsIn(inner, [...path, name])
  })
}

const names = new Set(knownNames(sampleView))

/** The known name that is nearest to one that is not: `customer.nam` is `customer.name`. */
function nearest(unknown: string): string {
  const [group = ''] = unknown.split('.')
  const sameGroup = [...names].filter((name) => name.startsWith(`${group}.`))
  const like = [...(sameGroup.length > 0 ? sameGroup : names)].sort((a, b) => common(b, unknown) - common(a, unknown))
  return like.slice(0, 3).join(', ')
}

const common = (a: string, b: string): number => [...new Set(a)].filter((char) => b.includes(char)).length - Math.abs(a.length - b.length)

function textFaults({ text, path }: { text: string; path: Path }, values: DocumentValues): FieldError[] {
  const pointer = pointerTo(path)
  try {
    const parsed = parseText(text)
    renderText(parsed, values)
    const unknown = variablesOf(parsed).filter((name) => !names.has(name) && !name.startsWith('forloop'))
    return unknown.map((name) => ({
      pointer,
      code: 'template.unknown-name',
      message: `There is no ${name}. Is one of these meant: ${nearest(name)}?`,
    }))
  } catch (error) {
    if (!(error instanceof LiquidFault)) throw error
    return [
      { pointer, code: 'template.liquid', message: `Line ${error.line}, column ${error.column}: ${error.message}. Mend the Liquid there.` },
    ]
  }
}

function columnFaults({ kind, columns, paper }: TemplateContent): FieldError[] {
  const fit = kind === 'statement' ? statementColumns : lineColumns
  const strange = columns.flatMap(({ field }, i) =>
    field in fit
      ? []
      : [
          {
            pointer: `/columns/${i}/field`,
            code: 'template.unknown-column',
            message: `A ${kind} has no column ${field}. It has: ${Object.keys(fit).join(', ')}.`,
          },
        ],
  )
  const asked = columns.reduce((sum, { width = 0 }) => sum + width, 0)
  const room = Math.floor((printableWidth(paper) * 25.4) / 72)
  if (asked > room)
    strange.push({
      pointer: '/columns',
      code: 'template.too-wide',
      message: `The columns ask for ${asked} mm, and ${paper} has ${room} mm between its margins.`,
    })
  return strange
}

const widthFaults = ({ blocks }: Layout): FieldError[] =>
  blocks.flatMap((block, i) =>
    block.type === 'columns' && block.widths && block.widths.length !== block.columns.length
      ? [
          {
            pointer: `/layout/blocks/${i}/widths`,
            code: 'template.widths-wrong',
            message: `Name one share for each of the ${block.columns.length} columns.`,
          },
        ]
      : [],
  )

/**
 * Holds a template to what can be printed, before it is saved: 422 with every fault, its JSON pointer and what to do. `template.liquid`,
 * `template.unknown-name`, `template.unknown-column`, `template.too-wide`, `template.widths-wrong`.
 */
export function checkTemplate(template: TemplateContent): void {
  const { layout, subject, message, kind, locale } = template
  const values = documentValues(sampleView(kind), { name: '', bankAccounts: [] }, locale)
  const texts = [...textsIn(layout, ['layout']), { text: subject, path: ['subject'] }, { text: message, path: ['message'] }]
  const faults = [...texts.flatMap((text) => textFaults(text, values)), ...columnFaults(template), ...widthFaults(layout)]
  if (faults.length > 0)
    throw new Problem('invalid', faults[0]!.code, `${faults[0]!.pointer}: ${faults[0]!.message}`, { errors: faults.slice(0, 20) })
}

/** Pictures that a template names. */
export const imagesOf = ({ layout, logoId }: TemplateContent): { id: string; pointer: string }[] => {
  const inBlocks = layout.blocks.flatMap((block, i) => {
    const inner =
      block.type === 'columns' ? block.columns.flatMap((column, c) => column.map((each, b) => ({ each, at: `/columns/${c}/${b}` }))) : []
    return [{ each: block, at: '' }, ...inner].flatMap(({ each, at }) =>
      each.type === 'image' ? [{ id: each.imageId, pointer: `/layout/blocks/${i}${at}/imageId` }] : [],
    )
  })
  return [...(logoId ? [{ id: logoId, pointer: '/logoId' }] : []), ...inBlocks]
}
