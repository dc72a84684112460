import { isMergeField, type MergeValues, mergeFields } from './merge-fields.ts'
import { type Content, messageMaker, mostCharacters } from './render-message.ts'

/** Why a message cannot be made for somebody: the merge field on whose value it fails. */
export interface MessageFault {
  field: string
  message: string
}

// No brace may stand within: else a text of many opening braces would be read again from each of them.
const tagOrFilter = /\{%|\{\{[^{}]*\|/
const output = /\{\{([^{}]*)\}\}/g
const nameIn = (inside: string): string => /^-?\s*([\w.]*)/.exec(inside)?.[1] ?? ''
/** A value of a field, escaped. */
const longestValue = 1_500

/** With one of these in its place a field is not to blame. */
const harmless = ['x', '1']

/** False when a content is sure to be made for everybody: it only fills in values, is short enough, and its subject says something. */
export function mayFail({ subject, html, text }: Content): boolean {
  const parts = [subject, html, text]
  if (parts.some((part) => tagOrFilter.test(part) || part.replace(output, '').includes('{{'))) return true
  if (parts.some((part) => part.length + [...part.matchAll(output)].length * longestValue > mostCharacters)) return true
  const isAlways = ([, inside = '']: RegExpMatchArray) => isMergeField(nameIn(inside)) && mergeFields[nameIn(inside)]!.always
  return subject.replace(output, '').trim() === '' && ![...subject.matchAll(output)].some(isAlways)
}

/** Makes a content for one recipient after the other, only to see that it can be made. */
export function messageTrial(content: Content): (values: MergeValues) => MessageFault | undefined {
  const make = messageMaker(content)
  const faultOf = (values: MergeValues): string | undefined => {
    try {
      return make(values).subject.trim() === '' ? 'The subject is empty.' : undefined
    } catch (error) {
      return (error as Error).message
    }
  }
  return (values) => {
    const message = faultOf(values)
    if (message === undefined) return undefined
    const blames = (name: string) => harmless.some((value) => faultOf({ ...values, [name]: value }) === undefined)
    const field = Object.keys(values).find((name) => isMergeField(name) && blames(name))
    return { field: field ?? 'subject', message }
  }
}
